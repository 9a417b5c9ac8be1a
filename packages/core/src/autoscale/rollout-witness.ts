import type { CloudCall } from '../action.ts'
import type { RolloutWitness } from './rollout-owner.ts'

/** What this run knows of itself. */
export function witnessOf({ run, operator }: CloudCall): Omit<RolloutWitness, 'now'> {
  const { id, processId } = run
  return { runId: id, operator, processId, isAlive: (other) => run.isAlive(other) }
}
