import type {
  AllocateAddressRequest,
  AllocateAddressResult,
  ReleaseAddressRequest,
} from '@aws-sdk/client-ec2'

import { newId } from '../../account/ids.ts'
import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { checkTaggedTypes, forgetTags, tagOnCreate } from '../tags/tags.ts'
import { addressOf, unknownAddress } from './known-addresses.ts'
import { freePublicAddresses } from './public-addresses.ts'

/** In one region. AWS starts at 5 and gives more for the asking (EC2 User Guide, "Elastic IP address quota"). */
const mostAddresses = 100

/** The pool of all elastic addresses that are not of an address range that the customer brought along. */
export const amazonPool = 'amazon'

export function allocateAddress(input: AllocateAddressRequest, scope: Scope): AllocateAddressResult {
  checkPlace(input, scope)
  checkTaggedTypes(input.TagSpecifications, ['elastic-ip'])
  const { addresses } = scope.state.ec2
  if (Object.keys(addresses).length >= mostAddresses) {
    throw new AwsError('AddressLimitExceeded', 'The maximum number of addresses has been reached.')
  }
  const allocationId = newId('eipalloc')
  const publicIp = freePublicAddresses(scope)()
  addresses[allocationId] = { allocationId, publicIp }
  scope.consistency.created(allocationId)
  tagOnCreate(scope, allocationId, 'elastic-ip', input.TagSpecifications)
  return {
    AllocationId: allocationId,
    PublicIp: publicIp,
    Domain: 'vpc',
    PublicIpv4Pool: amazonPool,
    NetworkBorderGroup: scope.region,
  }
}

/** There are neither pools of the customer's own nor released addresses to recover. */
function checkPlace(input: AllocateAddressRequest, { region }: Scope): void {
  const { Domain: domain = 'vpc', PublicIpv4Pool: pool = amazonPool, NetworkBorderGroup = region } = input
  if (domain !== 'vpc') throw invalidParameterValue(`Invalid value '${domain}' for domain.`)
  if (pool !== amazonPool) {
    throw new AwsError('InvalidPublicIpv4PoolID.NotFound', `The pool ID '${pool}' does not exist.`)
  }
  if (NetworkBorderGroup !== region) {
    throw invalidParameterValue(`Invalid value '${NetworkBorderGroup}' for networkBorderGroup.`)
  }
  if (input.Address !== undefined) {
    throw unknownAddress(input.Address)
  }
  const elsewhere = input.CustomerOwnedIpv4Pool ?? input.IpamPoolId
  if (elsewhere !== undefined) throw invalidParameterValue(`The pool ID '${elsewhere}' does not exist.`)
}

export function releaseAddress(input: ReleaseAddressRequest, scope: Scope): undefined {
  const { AllocationId: allocationId, PublicIp, NetworkBorderGroup } = input
  if (allocationId === undefined) {
    throw PublicIp === undefined
      ? missingParameter('AllocationId')
      : invalidParameterValue('You must specify an allocation id when releasing a VPC elastic IP address')
  }
  const { publicIp, association } = addressOf(scope, allocationId)
  if (NetworkBorderGroup !== undefined && NetworkBorderGroup !== scope.region) {
    throw unknownAddress(publicIp)
  }
  if (association) throw new AwsError('InvalidIPAddress.InUse', `Address ${publicIp} is in use.`)
  delete scope.state.ec2.addresses[allocationId]
  forgetTags(scope, allocationId)
}
