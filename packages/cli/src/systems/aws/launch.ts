import type { RunInstancesRequest } from '@aws-sdk/client-ec2'
import type { Launch } from '@package/core/ports/cloud/instances'

import { clientTokenOf } from './client-token.ts'
import { launchData } from './launch-data.ts'

/** What RunInstances takes for a launch: all or none of the instances, in one subnet, tagged from their first moment. */
export function toRunInstances(launch: Launch): RunInstancesRequest {
  return {
    ...launchData(launch),
    ClientToken: clientTokenOf(launch.clientToken),
    MinCount: launch.count,
    MaxCount: launch.count,
    SubnetId: launch.subnetId,
    DisableApiTermination: launch.hasTerminationProtection,
  }
}
