import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { freeAddressCount } from '../../ec2/networks/private-addresses.ts'
import { securityGroupNamed } from '../../ec2/security-groups/named-security-group.ts'
import { invalidConfiguration, unknownToSandbox, validationError } from '../validation-error.ts'
import type { LoadBalancer } from './load-balancer.ts'

/** User Guide, "Subnets for your load balancer". */
const leastFreeAddresses = 8

interface GivenSubnets {
  Subnets?: readonly string[] | undefined
  SubnetMappings?:
    | readonly {
        SubnetId?: string | undefined
        AllocationId?: string | undefined
        PrivateIPv4Address?: string | undefined
      }[]
    | undefined
}

/** Where a load balancer is to be. Throws AwsError for subnets that it cannot be in. */
export function subnetsFrom(
  { Subnets: ids = [], SubnetMappings: mappings = [] }: GivenSubnets,
  type: LoadBalancer['type'],
  scope: Scope,
): Pick<LoadBalancer, 'vpcId' | 'subnets'> {
  if (ids.length > 0 && mappings.length > 0) {
    throw validationError('You must specify either subnets or subnet mappings, not both')
  }
  if (mappings.some((each) => each.AllocationId !== undefined || each.PrivateIPv4Address !== undefined)) {
    throw unknownToSandbox('addresses of their own')
  }
  const wanted = [...ids, ...mappings.map(({ SubnetId = '' }) => SubnetId)]
  const found = [...new Set(wanted)].map((id) => {
    const { subnets } = scope.state.ec2
    const subnet = Object.hasOwn(subnets, id) ? subnets[id] : undefined
    if (subnet) return subnet
    throw new AwsError('SubnetNotFound', `The subnet ID '${id}' is not valid`)
  })
  const zones = new Set(found.map(({ zone }) => zone))
  if (type === 'application' && zones.size < 2) {
    throw validationError('At least two subnets in two different Availability Zones must be specified')
  }
  const [first] = found
  if (!first) throw validationError('At least one subnet must be specified')
  if (zones.size < found.length) {
    throw invalidConfiguration(
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    )
  }
  if (found.some(({ vpcId }) => vpcId !== first.vpcId)) {
    throw invalidConfiguration('All subnets must belong to the same VPC')
  }
  const full = found.find((subnet) => freeAddressCount(scope, subnet) < leastFreeAddresses)
  if (full) {
    throw new AwsError(
      'InvalidSubnet',
      `Not enough IP space available in ${full.subnetId}. ELB requires at least ${String(leastFreeAddresses)} free IP addresses in each subnet.`,
    )
  }
  return { vpcId: first.vpcId, subnets: found.map(({ subnetId, zone }) => ({ subnetId, zone })) }
}

/** An application load balancer without any gets the VPC's default one. Throws AwsError for groups that it cannot have. */
export function securityGroupsFrom(
  given: readonly string[] | undefined,
  { vpcId, type }: Pick<LoadBalancer, 'vpcId' | 'type'>,
  scope: Scope,
): string[] {
  const ids = [...new Set(given ?? [])]
  if (ids.length === 0) {
    const usual = type === 'application' ? securityGroupNamed(scope, 'default', vpcId) : undefined
    return usual ? [usual.groupId] : []
  }
  const { securityGroups } = scope.state.ec2
  for (const id of ids) {
    const group = Object.hasOwn(securityGroups, id) ? securityGroups[id] : undefined
    if (!group) throw new AwsError('InvalidSecurityGroup', `The security group '${id}' does not exist`)
    if (group.vpcId !== vpcId) throw invalidConfiguration('One or more security groups are invalid')
  }
  return ids
}
