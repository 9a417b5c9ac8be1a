/** Launches that EC2 refuses, be it RunInstances or an Auto Scaling group that launches; each member narrows it down. */
export interface RefusedLaunch {
  zone?: string
  instanceType?: string
  /** Counted from 1 over the region, with those that a group tried in vain. */
  launches?: number[]
  /** Only while at least as many instances of the region are pending or running. */
  whenRunning?: number
  /** As AWS has it, such as InsufficientInstanceCapacity. */
  code: string
  message: string
  status?: number
}

/** An instance whose status checks pass at first. */
export interface SickLaunch {
  /** Counted as in RefusedLaunch. */
  launch: number
  /** Seconds from when it runs until its status checks fail. */
  after: number
}

/** What is scripted for launches. That it depends on the account alone makes a group fare the same whenever it is looked at. */
export interface LaunchFaults {
  impairedLaunches?: readonly number[]
  sickLaunches?: readonly SickLaunch[]
  failedConverges?: readonly number[]
  hangingConverges?: readonly number[]
  unhealthyTargetLaunches?: readonly number[]
  refusedLaunches?: readonly RefusedLaunch[]
}
