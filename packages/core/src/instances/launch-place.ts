import { PackageError } from '../errors.ts'
import type { Group } from '../groups/nodes.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Subnet } from '../ports/cloud/networks.ts'

/** Where a group's instances can be launched. */
export interface LaunchPlace {
  vpcId: string
  /** In zones that offer the instance type; never empty. */
  subnets: Subnet[]
}

/**
 * The subnets that a group's instances can go to: those that it names, else its VPC's, else the default VPC's; in the zone
 * that the command names, or in the group's zones.
 * Throws PackageError (config) where none is left, and says what took the last ones away.
 */
export async function launchPlace(
  cloud: Cloud,
  group: Group,
  zone: string | undefined,
): Promise<LaunchPlace> {
  const { instance_type: type, zones = [] } = group.fields
  if (type === undefined) {
    throw new PackageError('config', 'NO_INSTANCE_TYPE', `${group.name} has no instance_type`, {
      hint: 'add "instance_type" to the group or to __base__ in nodes.json',
    })
  }
  const [all, offering] = await Promise.all([subnetsOf(cloud, group), cloud.zonesOffering(type)])
  if (offering.length === 0) {
    throw noPlace(`no zone of ${cloud.region} offers ${type}`, 'correct instance_type in nodes.json')
  }
  const wanted = zone === undefined ? zones : [zone]
  const inZones = all.filter((subnet) => wanted.length === 0 || wanted.includes(subnet.zone))
  if (inZones.length === 0) {
    throw noPlace(
      `${group.name} has no subnet in ${wanted.join(' or ')}`,
      `its subnets are in ${zonesOf(all).join(', ')}`,
    )
  }
  const subnets = inZones.filter((subnet) => offering.includes(subnet.zone))
  const [first] = subnets
  if (first) return { vpcId: first.vpcId, subnets }
  throw noPlace(
    `no zone among ${zonesOf(inZones).join(', ')} offers ${type}`,
    `${offering.join(', ')} offer it`,
  )
}

async function subnetsOf(cloud: Cloud, { name, fields }: Group): Promise<Subnet[]> {
  const { subnets: ids, vpc } = fields
  if (ids && ids.length > 0) return subnetsNamed(cloud, name, ids, vpc)
  if (vpc !== undefined) return withSome(await cloud.subnets(vpc), `${vpc} of ${name} has no subnet`)
  const defaultVpc = await cloud.defaultVpc()
  if (defaultVpc === undefined) {
    throw new PackageError(
      'config',
      'NO_VPC',
      `${name} names no vpc, and ${cloud.region} has no default VPC`,
      {
        hint: 'add "vpc": "vpc-…" to the group in nodes.json, or make one: aws ec2 create-default-vpc',
      },
    )
  }
  const subnets = await cloud.subnets(defaultVpc)
  return withSome(
    subnets.filter(({ isDefaultForZone }) => isDefaultForZone),
    `the default VPC ${defaultVpc} has no default subnet`,
  )
}

async function subnetsNamed(
  cloud: Cloud,
  group: string,
  ids: readonly string[],
  vpc: string | undefined,
): Promise<Subnet[]> {
  const subnets = await cloud.subnetsNamed(ids)
  const missing = ids.filter((id) => !subnets.some((subnet) => subnet.id === id))
  if (missing.length > 0) {
    throw noPlace(
      `${missing.join(', ')} of ${group} is no subnet of ${cloud.region}`,
      'correct subnets in nodes.json',
    )
  }
  const vpcs = new Set(subnets.map(({ vpcId }) => vpcId))
  if (vpc !== undefined) vpcs.add(vpc)
  if (vpcs.size === 1) return subnets
  throw noPlace(
    `the subnets of ${group} belong to different VPCs: ${[...vpcs].join(', ')}`,
    'name subnets of one VPC in nodes.json, and that VPC as vpc',
  )
}

function withSome(subnets: Subnet[], message: string): Subnet[] {
  if (subnets.length > 0) return subnets
  throw noPlace(message, 'name subnets in nodes.json, or make some')
}

function zonesOf(subnets: readonly Subnet[]): string[] {
  return [...new Set(subnets.map(({ zone }) => zone))].sort()
}

function noPlace(message: string, hint: string): PackageError {
  return new PackageError('config', 'NO_PLACE', message, { hint })
}
