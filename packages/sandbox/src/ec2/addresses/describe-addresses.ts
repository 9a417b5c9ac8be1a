import type {
  DescribeAddressesRequest,
  DescribeAddressesResult,
  Address as ShownAddress,
} from '@aws-sdk/client-ec2'

import type { Scope } from '../../operation.ts'
import type { Instance } from '../instances/instance.ts'
import { selectResources } from '../select-resources.ts'
import { tagList } from '../tags/tags.ts'
import type { Address } from './address.ts'
import { amazonPool } from './allocate-address.ts'
import { addressAt, unknownAddress, unknownAllocations } from './known-addresses.ts'

/** All at once: AWS gives no pages of elastic addresses. */
export function describeAddresses(input: DescribeAddressesRequest, scope: Scope): DescribeAddressesResult {
  const { AllocationIds = [], PublicIps = [] } = input
  const named = new Map(PublicIps.map((publicIp) => [addressAt(scope, publicIp).allocationId, publicIp]))
  const instance = (address: Address) => instanceWith(scope, address)
  const found = selectResources(scope, {
    from: scope.state.ec2.addresses,
    ids: [...AllocationIds, ...named.keys()],
    notFound: (ids) => {
      const publicIp = named.get(ids[0] ?? '')
      return publicIp === undefined ? unknownAllocations(ids) : unknownAddress(publicIp)
    },
    filters: input.Filters,
    values: {
      'allocation-id': ({ allocationId }) => allocationId,
      'association-id': ({ association }) => association?.associationId,
      domain: () => 'vpc',
      'instance-id': ({ association }) => association?.instanceId,
      'network-border-group': () => scope.region,
      'network-interface-id': (address) => instance(address)?.networkInterfaceId,
      'network-interface-owner-id': (address) => (instance(address) ? scope.accountId : undefined),
      'private-ip-address': (address) => instance(address)?.privateIp,
      'public-ip': ({ publicIp }) => publicIp,
    },
    idOf: ({ allocationId }) => allocationId,
  })
  return { Addresses: found.map((address) => shownAddress(address, scope)) }
}

function shownAddress(address: Address, scope: Scope): ShownAddress {
  const { allocationId, publicIp, association } = address
  const instance = instanceWith(scope, address)
  return {
    PublicIp: publicIp,
    AllocationId: allocationId,
    Domain: 'vpc',
    PublicIpv4Pool: amazonPool,
    NetworkBorderGroup: scope.region,
    Tags: tagList(scope, allocationId),
    ...(association && { AssociationId: association.associationId, InstanceId: association.instanceId }),
    ...(instance && {
      NetworkInterfaceId: instance.networkInterfaceId,
      NetworkInterfaceOwnerId: scope.accountId,
      PrivateIpAddress: instance.privateIp,
    }),
  }
}

function instanceWith({ state }: Scope, { association }: Address): Instance | undefined {
  return association && state.ec2.instances[association.instanceId]
}
