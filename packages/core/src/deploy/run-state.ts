import type { CloudCall } from '../action.ts'
import { areOfOneMachine } from '../run-mark.ts'
import type { DeployRun } from './ledger.ts'

/** How a run stands whose record is read; unknown is one of another machine. */
export type RunState = 'ended' | 'at work' | 'cut off' | 'unknown'

/** A record that has not ended is of a process that is still at work, or was killed: only its own machine knows which. */
export function runState(
  { ended, run, operator, process_id: processId }: DeployRun,
  here: Pick<CloudCall, 'run' | 'operator'>,
): RunState {
  if (ended) return 'ended'
  const me = { runId: here.run.id, operator: here.operator, processId: here.run.processId }
  if (!areOfOneMachine({ runId: run, operator, processId }, me)) return 'unknown'
  return here.run.isAlive(processId) ? 'at work' : 'cut off'
}
