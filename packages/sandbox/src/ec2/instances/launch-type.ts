import type { RunInstancesRequest } from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Image } from '../images/image.ts'
import { instanceTypes, isOffered } from '../zones/instance-types.ts'
import { zonesOf } from '../zones/regions.ts'

/** EC2 API Reference, RunInstances. */
const usualType = 'm1.small'

/** The instance type of a launch. Throws AwsError for one that is none, that the zone has not, or that cannot run the image. */
export function launchType(
  scope: Scope,
  { InstanceType: name = usualType }: RunInstancesRequest,
  { image, zone }: { image: Image; zone: string },
): string {
  const type = instanceTypes.get(name)
  if (!type) throw invalidParameterValue(`Invalid value '${name}' for InstanceType.`)
  if (type.architecture !== image.architecture) {
    throw invalidParameterValue(
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.`,
    )
  }
  if (!isOffered(type, zone)) {
    const others = zonesOf(scope.region).filter((each) => isOffered(type, each))
    throw new AwsError(
      'Unsupported',
      `Your requested instance type (${name}) is not supported in your requested Availability Zone (${zone}). Please retry your request by not specifying an Availability Zone or choosing ${others.join(', ')}.`,
    )
  }
  return name
}
