import { AwsError, invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { zonesOf } from '../zones/regions.ts'
import type { Subnet, Vpc } from './network.ts'

/**
 * The subnet that a launch goes to: the one that it names, or a default subnet, of the zone if it names one. Throws
 * AwsError where there is none.
 */
export function chosenSubnet(
  scope: Scope,
  { subnetId, zone }: { subnetId?: string | undefined; zone?: string | undefined },
): Subnet {
  if (zone !== undefined) checkZone(scope, zone)
  if (subnetId !== undefined) {
    const subnet = subnetOf(scope, subnetId)
    if (zone === undefined || zone === subnet.zone) return subnet
    throw invalidParameterValue(
      `The availability zone '${zone}' is not that of the subnet '${subnetId}', which is in '${subnet.zone}'.`,
    )
  }
  const { vpcId } = defaultVpc(scope)
  const subnet = Object.values(scope.state.ec2.subnets).find(
    (each) => each.vpcId === vpcId && each.isDefaultForZone && (zone === undefined || each.zone === zone),
  )
  if (subnet) return subnet
  throw new AwsError(
    'MissingInput',
    zone === undefined
      ? `No subnets found for the default VPC '${vpcId}'. Please specify a subnet.`
      : `No default subnet for availability zone: '${zone}'.`,
  )
}

/** Throws AwsError for a zone that the region does not have. */
export function checkZone(scope: Scope, zone: string): void {
  if (!zonesOf(scope.region).includes(zone)) {
    throw invalidParameterValue(`Invalid availability zone: [${zone}]`)
  }
}

/** Throws AwsError (InvalidSubnetID.NotFound). */
export function subnetOf(scope: Scope, subnetId: string): Subnet {
  const { subnets } = scope.state.ec2
  const subnet = Object.hasOwn(subnets, subnetId) ? subnets[subnetId] : undefined
  if (subnet === undefined) throw unknownSubnets([subnetId])
  return subnet
}

export function unknownSubnets(ids: readonly string[]): AwsError {
  const [subject, verb] = ids.length === 1 ? ['subnet ID', 'does'] : ['subnet IDs', 'do']
  return new AwsError('InvalidSubnetID.NotFound', `The ${subject} '${ids.join(', ')}' ${verb} not exist`)
}

/** Throws AwsError (VPCIdNotSpecified) when it was deleted. */
export function defaultVpc(scope: Scope): Vpc {
  const vpc = Object.values(scope.state.ec2.vpcs).find(({ isDefault }) => isDefault)
  if (vpc === undefined) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user')
  return vpc
}

/** Throws AwsError (InvalidVpcID.NotFound). */
export function vpcOf(scope: Scope, vpcId: string): Vpc {
  const { vpcs } = scope.state.ec2
  const vpc = Object.hasOwn(vpcs, vpcId) ? vpcs[vpcId] : undefined
  if (vpc === undefined) throw unknownVpcs([vpcId])
  return vpc
}

export function unknownVpcs(ids: readonly string[]): AwsError {
  const [subject, verb] = ids.length === 1 ? ['vpc ID', 'does'] : ['vpc IDs', 'do']
  return new AwsError('InvalidVpcID.NotFound', `The ${subject} '${ids.join(', ')}' ${verb} not exist`)
}
