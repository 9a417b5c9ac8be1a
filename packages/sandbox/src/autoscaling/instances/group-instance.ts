import type { GroupLaunchTemplate } from '../groups/group-launch-template.ts'

/** Amazon EC2 Auto Scaling User Guide, "Instance lifecycle": those that the sandbox knows. */
export type LifecycleState =
  | 'Pending'
  | 'Pending:Wait'
  | 'Pending:Proceed'
  | 'InService'
  | 'Standby'
  | 'Terminating'
  | 'Terminating:Wait'
  | 'Terminating:Proceed'

/** An instance as its group knows it; the instance itself is EC2's. */
export interface GroupInstance {
  instanceId: string
  instanceType: string
  imageId: string
  zone: string
  subnetId: string
  /** Its version is a number. */
  launchTemplate: GroupLaunchTemplate
  state: LifecycleState
  /** Milliseconds since 1970, as all times here. */
  enteredAt: number
  health: 'Healthy' | 'Unhealthy'
  /** Since when, where somebody said so. */
  unhealthySince?: number
  isProtected: boolean
  launchedAt: number
  /** The last time it got there; the grace period starts then. */
  inServiceAt?: number
  /** The lifecycle hooks that it waits for, by their names. */
  waitsFor: Record<string, LifecycleAction>
  /** While it is terminating: until when it drains from its target groups. */
  drainsUntil?: number
  /** The activity that its present transition belongs to. */
  activityId?: string
}

export interface LifecycleAction {
  token: string
  startedAt: number
  /** When its result is the hook's default one. */
  until: number
  /** What the node itself says of it, and when. */
  node?: { at: number; says: 'CONTINUE' | 'ABANDON' }
}
