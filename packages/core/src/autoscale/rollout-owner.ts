import { PackageError } from '../errors.ts'

/** Who works on an autoscale group, as its tag says. */
export interface RolloutOwner {
  runId: string
  /** `user@host` */
  operator: string
  processId: number
  /** When it was last seen at work; milliseconds since 1970. */
  seenAt: number
}

/** What a run knows of itself and of the time. */
export interface RolloutWitness {
  runId: string
  operator: string
  processId: number
  now: number
  /** Whether a process of this machine still runs. */
  isAlive: (processId: number) => boolean
}

/** In milliseconds (requirements, section 5). */
export const heartbeat = 30_000
const longestSilence = 120_000

export function ownerText({ runId, operator, processId, seenAt }: RolloutOwner): string {
  return [runId, operator, processId, seenAt].join('/')
}

/** What `ownerText` has written; undefined for anything else. */
export function rolloutOwner(text: string | undefined): RolloutOwner | undefined {
  const [runId = '', operator = '', processId = '', seenAt = '', ...rest] = text?.split('/') ?? []
  if (rest.length > 0 || !/^\d+$/.test(processId) || !/^\d+$/.test(seenAt)) return undefined
  return { runId, operator, processId: Number(processId), seenAt: Number(seenAt) }
}

/** Whether somebody else is at work: not where its process on this machine is gone, or where it was silent for too long. */
export function isAtWork(owner: RolloutOwner, me: RolloutWitness): boolean {
  if (owner.runId === me.runId) return false
  if (hostOf(owner) === hostOf(me) && !me.isAlive(owner.processId)) return false
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

function hostOf({ operator }: { operator: string }): string {
  return operator.slice(operator.lastIndexOf('@') + 1)
}
