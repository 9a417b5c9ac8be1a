import type { AccountClock } from './account-clock.ts'
import { newAutoScalingState, type AutoScalingState } from '../autoscaling/autoscaling-state.ts'
import type { Group } from '../autoscaling/groups/group.ts'
import { newCloudWatchState, type CloudWatchState } from '../cloudwatch/cloudwatch-state.ts'
import type { Ec2State } from '../ec2/ec2-state.ts'
import type { Instance } from '../ec2/instances/instance.ts'
import { giveUserData } from '../ec2/instances/user-data.ts'
import { newElbv2State, type Elbv2State } from '../elbv2/elbv2-state.ts'
import { newS3State, type S3State } from '../s3/s3-state.ts'
import { newSsmState, type SsmState } from '../ssm/ssm-state.ts'

/** How many blocks of public addresses there are to choose from, so that two accounts hardly ever choose the same. */
export const addressBlocks = 15_000

/** Everything that the sandbox keeps between calls, as it lies on disk. */
export interface AccountState {
  /** A sandbox that a later version wrote is refused, not misread. */
  format: 1
  clock: AccountClock
  /** Which of the machine's loopback addresses are its public ones: two sandboxes on one machine must not meet. */
  addressBlock: number
  regions: Record<string, RegionState>
}

/** One region's resources, a part for each service. */
export interface RegionState {
  ec2: Ec2State
  autoscaling: AutoScalingState
  cloudwatch: CloudWatchState
  elbv2: Elbv2State
  s3: S3State
  ssm: SsmState
}

/** Gives a region that an earlier version wrote the parts that it did not know. */
export function addMissingParts(region: RegionState): void {
  const known: Partial<RegionState> = region
  known.autoscaling ??= newAutoScalingState()
  known.cloudwatch ??= newCloudWatchState()
  known.elbv2 ??= newElbv2State()
  known.s3 ??= newS3State()
  known.ssm ??= newSsmState()
  for (const group of Object.values(known.autoscaling.groups)) {
    const parts: Partial<Group> = group
    parts.targetGroups ??= {}
  }
  const ec2: Partial<Ec2State> = region.ec2
  ec2.launchTemplates ??= {}
  ec2.launches ??= 0
  if (ec2.userData) return
  ec2.userData = {}
  for (const instance of Object.values<Instance & { userData?: string }>(region.ec2.instances)) {
    if (instance.userData !== undefined) giveUserData(region.ec2, instance, instance.userData)
    delete instance.userData
  }
}
