import type { ScalingGroupSizes, ScalingGroupTimings, GroupSetting } from '../ports/cloud/scaling-groups.ts'
import type { LaunchSpecification } from '../ports/cloud/launch-templates.ts'
import type { Tags } from '../ports/cloud/tags.ts'

/** A version of the launch template that there is. */
export interface KnownTemplate {
  version: number
  /** Both missing where the version leaves them to whoever launches. */
  imageId?: string
  instanceType?: string
}

/** What a group is to launch from: a version of its template that it is rolled back to, or one that is made when it is missing. */
export type WantedTemplate = { digest: string } & (KnownTemplate | { specification: LaunchSpecification })

/** How a group is to be, as nodes.json has it. */
export interface Goal {
  template: WantedTemplate
  sizes: ScalingGroupSizes
  timings: ScalingGroupTimings
  subnetIds: readonly string[]
  targetGroupArns: readonly string[]
  /** Of these the ones that get no requests before the listeners are moved. */
  idleTargetGroupArns: readonly string[]
  /** Not declared any more, and left only after that. */
  staleTargetGroupArns: readonly string[]
  /** All of the group's, declared or not: what a version is attached to beside is somebody else's. */
  ownTargetGroupArns: readonly string[]
  movesListeners: boolean
  /** Whether something of the load balancer is left then that nothing uses: what is in charge stays claimed until that is removed. */
  leavesRemovals: boolean
  /** Ours; those of others are carried from version to version. */
  settings: readonly GroupSetting[]
  /** Seconds that every other node has to learn of a new version before the old one goes. */
  timeout: number
  /** Seconds that a new version may take to get healthy. */
  healthTimeout: number
  /** Tags of the autoscale group, as its instances have them too. */
  tags: Tags
  /** Whether the instances are to have them from it: an existing version of the launch template has its own, over which these would go. */
  propagatesTags: boolean
  commit: string | undefined
  /** Whether the running version is replaced although it has the same digest. */
  force: boolean
}
