import { newAutoScalingState } from '../autoscaling/autoscaling-state.ts'
import { newCloudWatchState } from '../cloudwatch/cloudwatch-state.ts'
import type { WantedImage } from '../ec2/images/wanted-image.ts'
import { newEc2State } from '../ec2/new-ec2-state.ts'
import { newElbv2State } from '../elbv2/elbv2-state.ts'
import { newS3State } from '../s3/s3-state.ts'
import { newSsmState } from '../ssm/ssm-state.ts'
import type { RegionState } from './account-state.ts'

/** A region in which nothing was done yet. */
export function newRegionState(region: string, wanted: readonly WantedImage[], now: number): RegionState {
  return {
    ec2: newEc2State(region, wanted, now),
    autoscaling: newAutoScalingState(),
    cloudwatch: newCloudWatchState(),
    elbv2: newElbv2State(),
    s3: newS3State(),
    ssm: newSsmState(),
  }
}
