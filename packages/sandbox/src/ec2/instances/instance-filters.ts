import type { FilterValues } from '../../account/filters.ts'
import { privateDnsName, publicDnsName } from './dns-names.ts'
import type { Instance } from './instance.ts'
import { shownState, stateOf } from './instance-states.ts'
import { shownAddress, type Surroundings } from './surroundings.ts'

/** What an instance answers to the filters of DescribeInstances (EC2 API Reference). */
export function instanceFilters(around: Surroundings): FilterValues<Instance> {
  return {
    'instance-id': ({ instanceId }) => instanceId,
    'instance-type': ({ instanceType }) => instanceType,
    'image-id': ({ imageId }) => imageId,
    'key-name': ({ keyName }) => keyName,
    'client-token': ({ clientToken }) => clientToken,
    'reservation-id': ({ reservationId }) => reservationId,
    'launch-index': ({ launchIndex }) => String(launchIndex),
    'launch-time': ({ launchedAt }) => new Date(launchedAt).toISOString(),
    'owner-id': () => around.scope.accountId,
    architecture: ({ architecture }) => architecture,
    'root-device-name': ({ rootDeviceName }) => rootDeviceName,
    'root-device-type': () => 'ebs',
    'virtualization-type': () => 'hvm',
    tenancy: () => 'default',
    'ebs-optimized': ({ ebsOptimized }) => String(ebsOptimized),
    'monitoring-state': ({ monitoring }) => (monitoring ? 'enabled' : 'disabled'),
    'iam-instance-profile.arn': ({ iamInstanceProfile }) => iamInstanceProfile?.arn,
    'iam-instance-profile.id': ({ iamInstanceProfile }) => iamInstanceProfile?.id,
    'metadata-options.http-tokens': ({ metadataOptions }) => metadataOptions.httpTokens,
    'metadata-options.http-endpoint': ({ metadataOptions }) => metadataOptions.httpEndpoint,
    'metadata-options.http-put-response-hop-limit': ({ metadataOptions }) =>
      String(metadataOptions.httpPutResponseHopLimit),
    'metadata-options.instance-metadata-tags': ({ metadataOptions }) => metadataOptions.instanceMetadataTags,
    ...stateFilters(around),
    ...networkFilters(around),
    ...volumeFilters(around),
  }
}

/** The filters that DescribeInstanceStatus has too. */
export function stateFilters({ scope }: Surroundings): FilterValues<Instance> {
  return {
    'availability-zone': ({ zone }) => zone,
    'instance-state-name': (instance) => stateOf(instance, scope.now),
    'instance-state-code': (instance) => String(shownState(stateOf(instance, scope.now)).Code),
  }
}

/** None of these match a terminated instance, which is in no network any more. */
function networkFilters(around: Surroundings): FilterValues<Instance> {
  const { scope, elastic } = around
  const { securityGroups } = scope.state.ec2
  const groupIds = ({ securityGroupIds }: Instance) => securityGroupIds
  const groupNames = ({ securityGroupIds }: Instance) =>
    securityGroupIds.flatMap((id) => securityGroups[id]?.name ?? [])
  const address = (instance: Instance) => shownAddress(instance, around)
  const association = ({ instanceId }: Instance) => elastic.get(instanceId)
  const values: FilterValues<Instance> = {
    'subnet-id': ({ subnetId }) => subnetId,
    'vpc-id': ({ vpcId }) => vpcId,
    'private-ip-address': ({ privateIp }) => privateIp,
    'private-dns-name': privateDnsName,
    'ip-address': address,
    'dns-name': (instance) => {
      const publicIp = address(instance)
      return publicIp === undefined ? undefined : publicDnsName(publicIp, instance.zone)
    },
    'instance.group-id': groupIds,
    'instance.group-name': groupNames,
    'source-dest-check': ({ sourceDestCheck }) => String(sourceDestCheck),
    'network-interface.network-interface-id': ({ networkInterfaceId }) => networkInterfaceId,
    'network-interface.subnet-id': ({ subnetId }) => subnetId,
    'network-interface.vpc-id': ({ vpcId }) => vpcId,
    'network-interface.availability-zone': ({ zone }) => zone,
    'network-interface.group-id': groupIds,
    'network-interface.group-name': groupNames,
    'network-interface.private-dns-name': privateDnsName,
    'network-interface.addresses.private-ip-address': ({ privateIp }) => privateIp,
    'network-interface.addresses.association.public-ip': address,
    'association.public-ip': address,
    'association.allocation-id': (instance) => association(instance)?.allocationId,
    'association.association-id': (instance) => association(instance)?.association?.associationId,
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      (instance: Instance) => (stateOf(instance, scope.now) === 'terminated' ? undefined : value(instance)),
    ]),
  )
}

function volumeFilters({ volumes }: Surroundings): FilterValues<Instance> {
  const attached = ({ instanceId }: Instance) => volumes.get(instanceId) ?? []
  return {
    'block-device-mapping.volume-id': (instance) => attached(instance).map(({ volumeId }) => volumeId),
    'block-device-mapping.device-name': (instance) =>
      attached(instance).map(({ attachment }) => attachment.device),
    'block-device-mapping.delete-on-termination': (instance) =>
      attached(instance).map(({ attachment }) => String(attachment.deleteOnTermination)),
  }
}
