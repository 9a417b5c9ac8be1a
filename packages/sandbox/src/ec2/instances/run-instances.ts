import type { Reservation, RunInstancesRequest } from '@aws-sdk/client-ec2'

import { once } from '../../account/idempotency.ts'
import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { checkRefused, countLaunch } from '../../faults/launch-faults.ts'
import { freePublicAddresses } from '../addresses/public-addresses.ts'
import { launchableImage } from '../images/launchable-image.ts'
import { tagWithTemplate, withLaunchTemplate } from '../launch-templates/launch-from-template.ts'
import { keyPairNamed, unknownKeyPair } from '../key-pairs/operations.ts'
import { chosenSubnet } from '../networks/chosen-subnet.ts'
import { freeAddressCount, nextPrivateIp } from '../networks/private-addresses.ts'
import { launchSecurityGroups } from '../security-groups/launch-security-groups.ts'
import { tagOnCreate } from '../tags/tags.ts'
import { launchVolumes } from '../volumes/launch-volumes.ts'
import { reservationsOf } from './describe-instances.ts'
import type { Instance } from './instance.ts'
import { stateOf } from './instance-states.ts'
import { knownInstances } from './known-instances.ts'
import { launchedProfile, launchedMetadataOptions } from './launch-options.ts'
import { checkLaunchRequest, launchNetwork } from './launch-request.ts'
import { launchType } from './launch-type.ts'
import { surroundingsOf } from './surroundings.ts'
import { giveUserData } from './user-data.ts'

/** Where the SSH servers of machines answer; not 22, which is the operator's own. */
const sshPort = 2222

/** Launches as many as it can between MinCount and MaxCount, or none. */
export function runInstances(request: RunInstancesRequest, scope: Scope): Reservation {
  const input = withLaunchTemplate(request, scope)
  checkLaunchRequest(input)
  knownInstances(scope)
  const tokens = (scope.state.ec2.tokens['RunInstances'] ??= {})
  const reservationId = once(tokens, request.ClientToken, request, () => launch(input, scope))
  const launched = Object.values(scope.state.ec2.instances).filter(
    (instance) => instance.reservationId === reservationId,
  )
  if (launched.every((instance) => stateOf(instance, scope.now) === 'terminated')) throw alreadyTerminated()
  const [reservation] = reservationsOf(launched, surroundingsOf(scope))
  return reservation ?? {}
}

/**
 * What RunInstances does, for a request that has all of its launch template and no client token. Gives the reservation's id.
 * Throws AwsError for what EC2 refuses.
 */
export function launch(input: RunInstancesRequest, scope: Scope): string {
  const reservationId = scope.newId('r')
  const common = commonOf(input, scope)
  checkRefused(scope, common)
  const count = launchCount(input, scope, common.subnetId)
  const publicAddress = freePublicAddresses(scope)
  for (let launchIndex = 0; launchIndex < count; launchIndex++) {
    add(input, scope, {
      ...common,
      reservationId,
      launchIndex,
      ...(common.hasPublicAddress && { publicIp: publicAddress() }),
    })
  }
  return reservationId
}

type Common = Omit<
  Instance,
  | 'instanceId'
  | 'reservationId'
  | 'launchIndex'
  | 'networkInterfaceId'
  | 'privateIp'
  | 'publicIp'
  | 'volumeIds'
>

/** Throws AwsError for what cannot be launched from this request. */
export function checkLaunch(input: RunInstancesRequest, scope: Scope): void {
  checkLaunchRequest(input)
  commonOf(input, scope)
}

/** What all instances of the launch have alike. */
function commonOf(input: RunInstancesRequest, scope: Scope): Common {
  const network = launchNetwork(input)
  const image = launchableImage(scope, input.ImageId ?? '')
  const subnet = chosenSubnet(scope, network)
  const { vpcId, subnetId, zone } = subnet
  const { KeyName: keyName } = input
  const publicKey = keyName === undefined ? undefined : publicKeyOf(scope, keyName)
  const profile = launchedProfile(input, scope)
  return {
    clientToken: input.ClientToken ?? '',
    imageId: image.imageId,
    user: image.user,
    architecture: image.architecture,
    platformDetails: image.platformDetails,
    rootDeviceName: image.rootDeviceName,
    instanceType: launchType(scope, input, { image, zone }),
    ...(keyName !== undefined && { keyName }),
    ...(publicKey !== undefined && { publicKey }),
    subnetId,
    vpcId,
    zone,
    hasPublicAddress: network.isPublic ?? subnet.givesPublicAddress,
    sshPort,
    securityGroupIds: launchSecurityGroups(scope, {
      ids: network.securityGroupIds,
      names: network.securityGroupNames,
      vpcId,
    }),
    sourceDestCheck: true,
    ...(profile && { iamInstanceProfile: profile }),
    isTerminationProtected: input.DisableApiTermination ?? false,
    isStopProtected: input.DisableApiStop ?? false,
    shutdownBehavior: input.InstanceInitiatedShutdownBehavior ?? 'stop',
    metadataOptions: launchedMetadataOptions(input, image),
    monitoring: input.Monitoring?.Enabled ?? false,
    ebsOptimized: input.EbsOptimized ?? false,
    launchedAt: scope.now,
    runningAt: scope.now + scope.times.boot * 1000,
  }
}

function publicKeyOf(scope: Scope, keyName: string): string {
  const pair = keyPairNamed(scope, keyName)
  if (!pair) throw unknownKeyPair(keyName)
  return pair.publicKey
}

function launchCount(
  { MinCount: least = 1, MaxCount: most = 1 }: RunInstancesRequest,
  scope: Scope,
  subnetId: string,
): number {
  const subnet = scope.state.ec2.subnets[subnetId]
  const free = subnet ? freeAddressCount(scope, subnet) : 0
  if (free >= least) return Math.min(most, free)
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnetId}' to satisfy the requested number of instances.`,
  )
}

function add(
  input: RunInstancesRequest,
  scope: Scope,
  each: Common & Pick<Instance, 'reservationId' | 'launchIndex' | 'publicIp'>,
): void {
  const { instances, subnets } = scope.state.ec2
  const subnet = subnets[each.subnetId]
  if (!subnet) return
  const instanceId = scope.newId('i')
  const instance: Instance = {
    ...each,
    ...(scope.state.ec2.images[each.imageId]?.convergeFails && { converge: 'fails' }),
    ...countLaunch(scope),
    instanceId,
    networkInterfaceId: scope.newId('eni'),
    privateIp: nextPrivateIp(scope, subnet),
    volumeIds: launchVolumes(scope, {
      instanceId,
      zone: each.zone,
      image: launchableImage(scope, each.imageId),
      mappings: input.BlockDeviceMappings,
      tagSpecifications: input.TagSpecifications,
    }),
  }
  const { UserData: userData = '' } = input
  if (userData !== '') giveUserData(scope.state.ec2, instance, userData)
  instances[instanceId] = instance
  scope.consistency.created(instanceId)
  tagOnCreate(scope, instanceId, 'instance', input.TagSpecifications)
  tagWithTemplate(scope, instanceId, input.LaunchTemplate)
  tagOnCreate(scope, instance.networkInterfaceId, 'network-interface', input.TagSpecifications)
}

/** EC2 API Reference, "Error codes": IdempotentInstanceTerminated. */
function alreadyTerminated(): AwsError {
  return new AwsError(
    'IdempotentInstanceTerminated',
    'The request to launch an instance uses the same client token as a previous request for which the instance has been terminated.',
  )
}
