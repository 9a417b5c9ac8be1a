/** What there is of a group, in the members of JSON output. */
export interface GroupStatus {
  group: string
  /** What is to be said of it first; `outdated` where an update would change something, `unknown` where that cannot be said. */
  status: 'absent' | 'at work' | 'half deleted' | 'unfinished' | 'up to date' | 'outdated' | 'unknown'
  versions: VersionStatus[]
  /**
   * What an update would do, without a built image one from the image that runs; empty where all is as the files and the newest image
   * say, and while somebody is at work.
   */
  pending: string[]
  /** Why an update would replace all instances. */
  newer_image?: string
  files_differ?: boolean
  template_gone?: boolean
  /** What exists of a group that is absent: an `autoscale:run` that failed has left it. */
  left?: string[]
  /** The versions that did not get healthy and were kept. */
  failed?: string[]
  /** The version that is not in charge any more, and keeps instances that somebody has protected or put in standby. */
  keeps?: string
  /** Why it cannot be said what an update would do. */
  unknown?: string
  /** What to do about that. */
  hint?: string
}

export interface VersionStatus {
  name: string
  /** `staging`, `live`, `retiring`, `failed`, `deleting`, `being deleted` (by AWS), or `unknown` where somebody has removed the tag. */
  phase: string
  image?: string
  template_version?: number
  digest: string
  commit?: string
  owner?: OwnerStatus
  sizes: { min: number; max: number; desired: number }
  healthy: number
  suspended: string[]
  settings: { kind: string; name: string; declared: boolean; text: string }[]
  instances: InstanceStatus[]
}

export interface OwnerStatus {
  operator: string
  run: string
  process: number
  /** When it was last seen at work. */
  seconds_ago: number
  at_work: boolean
}

export interface InstanceStatus {
  id: string
  zone: string
  state: string
  healthy: boolean
  /** Empty for a healthy one. */
  waits_for: string
}
