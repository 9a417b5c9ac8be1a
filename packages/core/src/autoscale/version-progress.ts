import type { InstanceHealth } from './instance-health.ts'

/** The data of a PROGRESS event about a version of an autoscale group, or about the deploy to a group. Times are those of the clock that the action works with. */
export interface VersionProgress {
  /** Of the version, or the group. */
  name: string
  /** When it was so; milliseconds since 1970. */
  now: number
  /** When the wait is given up or over. */
  deadline?: number
  /** In words, where it is not the health of its instances. */
  waitsFor?: string
  health?: VersionHealth
}

/** What a view shows of an instance; of a version's there is more. */
export type ShownInstance = Pick<InstanceHealth, 'id' | 'zone' | 'waitsFor'> & Partial<InstanceHealth>

export interface VersionHealth {
  healthy: number
  wanted: number
  /** What they are to become, where that is not healthy; `healthy` counts those that are. */
  aim?: 'converged'
  /** Of a deploy those at work. */
  instances: readonly ShownInstance[]
}

/** Tells the data of such an event from that of others. */
export function isVersionProgress(data: unknown): data is VersionProgress {
  return typeof data === 'object' && data !== null && 'name' in data && 'now' in data
}
