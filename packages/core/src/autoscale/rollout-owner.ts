import { PackageError } from '../errors.ts'
import { areOfOneMachine, markText, readMark, type RunMark } from '../run-mark.ts'

/** Who works on an autoscale group, as its tag says. */
export interface RolloutOwner extends RunMark {
  /** When it was last seen at work; milliseconds since 1970. */
  seenAt: number
}

/** What a run knows of itself and of the time. */
export interface RolloutWitness extends RunMark {
  now: number
  /** Whether a process of this machine still runs. */
  isAlive: (processId: number) => boolean
}

/** In milliseconds (requirements, section 5). */
export const heartbeat = 30_000
const longestSilence = 120_000

export function ownerText(owner: RolloutOwner): string {
  return markText(owner, owner.seenAt)
}

/** What `ownerText` has written; undefined for anything else. */
export function rolloutOwner(text: string | undefined): RolloutOwner | undefined {
  const mark = readMark(text)
  return mark && { ...mark.run, seenAt: mark.time }
}

/** Whether somebody else is at work: not where its process on this machine is gone, or where it was silent for too long. */
export function isAtWork(owner: RolloutOwner, me: RolloutWitness): boolean {
  if (owner.runId === me.runId) return false
  if (areOfOneMachine(owner, me) && !me.isAlive(owner.processId)) return false
  return me.now - owner.seenAt <= longestSilence
}

export function atWork(name: string, owner: RolloutOwner, now: number): PackageError {
  const { operator, runId, processId, seenAt } = owner
  const seconds = String(Math.max(0, Math.round((now - seenAt) / 1000)))
  return new PackageError(
    'conflict',
    'ROLLOUT_OWNED',
    `${operator} is at work on ${name}: run ${runId}, process ${String(processId)}, seen ${seconds} s ago`,
    {
      hint: 'wait until it is done; where that run is known to be dead, two minutes are enough, or add --takeover',
    },
  )
}
