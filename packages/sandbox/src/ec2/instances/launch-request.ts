import type {
  InstanceNetworkInterfaceSpecification,
  ResourceType,
  RunInstancesRequest,
} from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import { givenText } from '../given-text.ts'
import { checkTaggedTypes } from '../tags/tags.ts'

/** EC2 User Guide, "Run commands when you launch an EC2 instance": the raw text, before it is encoded. */
const mostUserDataBytes = 16_384

/** EC2 API Reference, RunInstances: "Maximum 64 ASCII characters". */
const longestClientToken = 64

/** EC2 API Reference, RunInstances: TagSpecification.N, "You can specify tags for the following resources only". */
const taggedTypes = [
  'instance',
  'volume',
  'spot-instances-request',
  'network-interface',
] as const satisfies readonly ResourceType[]

/** Where in the network a launch puts its instances. */
export interface LaunchNetwork {
  subnetId: string | undefined
  zone: string | undefined
  securityGroupIds: readonly string[] | undefined
  securityGroupNames: readonly string[] | undefined
  /** Whether the request says that they get a public address; otherwise the subnet does. */
  isPublic: boolean | undefined
}

/** Throws AwsError for what EC2 refuses without looking at the account. */
export function checkLaunchRequest(input: RunInstancesRequest): void {
  const { MinCount: least, MaxCount: most, ClientToken: token = '' } = input
  if (input.ImageId === undefined) throw missingParameter('ImageId')
  if (least === undefined) throw missingParameter('MinCount')
  if (most === undefined) throw missingParameter('MaxCount')
  if (least < 1) throw invalidParameterValue(`Value (${String(least)}) for parameter minCount is invalid.`)
  if (most < least) {
    throw invalidParameterValue(
      `Value (${String(least)}) for parameter minCount is invalid. minCount must not be greater than maxCount.`,
    )
  }
  if (token.length > longestClientToken) {
    throw invalidParameterValue(
      `Invalid value '${token}' for clientToken. Client tokens have at most ${String(longestClientToken)} characters.`,
    )
  }
  checkTaggedTypes(input.TagSpecifications, taggedTypes)
  if (input.UserData !== undefined) checkUserData(input.UserData)
}

/** Throws AwsError for user data that is no base64, and for too much of it. */
export function checkUserData(userData: string): void {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(userData)) {
    throw new AwsError('InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.')
  }
  if (Buffer.from(userData, 'base64').length > mostUserDataBytes) {
    throw invalidParameterValue(`User data is limited to ${String(mostUserDataBytes)} bytes`)
  }
}

/**
 * What the request says of the network, in its own parameters or in those of the first network interface. Throws AwsError for
 * both at once, and for names of security groups beside a subnet.
 */
export function launchNetwork(input: RunInstancesRequest): LaunchNetwork {
  const zone = givenText(input.Placement?.AvailabilityZone)
  const subnetId = givenText(input.SubnetId)
  const [primary] = input.NetworkInterfaces ?? []
  if (primary) return { ...networkOf(primary, input), zone }
  if (subnetId !== undefined && input.SecurityGroups !== undefined) {
    throw invalidCombination('The parameter groupName cannot be used with the parameter subnet')
  }
  return {
    subnetId,
    zone,
    securityGroupIds: input.SecurityGroupIds,
    securityGroupNames: input.SecurityGroups,
    isPublic: undefined,
  }
}

function networkOf(
  primary: InstanceNetworkInterfaceSpecification,
  { SubnetId, SecurityGroupIds, SecurityGroups, NetworkInterfaces = [] }: RunInstancesRequest,
): Omit<LaunchNetwork, 'zone'> {
  if (givenText(SubnetId) !== undefined) {
    throw invalidCombination(
      'Network interfaces and an instance-level subnet ID may not be specified on the same request',
    )
  }
  if (SecurityGroupIds !== undefined || SecurityGroups !== undefined) {
    throw invalidCombination(
      'Network interfaces and an instance-level security groups may not be specified on the same request',
    )
  }
  if (NetworkInterfaces.length > 1) {
    throw new AwsError(
      'UnsupportedOperation',
      'The sandbox gives each instance one network interface; several are not supported.',
    )
  }
  return {
    subnetId: primary.SubnetId,
    securityGroupIds: primary.Groups,
    securityGroupNames: undefined,
    isPublic: primary.AssociatePublicIpAddress,
  }
}

function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message)
}
