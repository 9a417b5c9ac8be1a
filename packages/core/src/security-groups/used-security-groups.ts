import { PackageError } from '../errors.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import type { Clouds } from '../ports/cloud/cloud.ts'

/** A VPC, and the declared security groups that are used in it. */
export interface UsedSecurityGroups {
  region: string
  vpcId: string
  /** In the order of nodes.json. */
  names: string[]
}

/** The declared security groups among these names, and those that they name as sources, in the order of nodes.json. */
export function withSources({ securityGroups }: Nodes, names: Iterable<string>): string[] {
  const reached = new Set<string>()
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const declared = securityGroups.get(name)
    if (declared === undefined || reached.has(name)) continue
    reached.add(name)
    open.push(...(declared.ingress ?? []).flatMap(({ from }) => from))
  }
  return [...securityGroups.keys()].filter((name) => reached.has(name))
}

/** What the nodes of a group and its load balancer wear, declared or not. */
export function wornBy({ fields }: Group): string[] {
  const { security_groups = [], load_balancer } = fields
  return [...security_groups, ...(load_balancer ? (load_balancer.security_groups ?? []) : [])]
}

/**
 * Where the declared security groups of these groups are used. AWS is asked only for default VPCs, once for each region.
 * Throws PackageError (config) for a group without `vpc` in a region without default VPC.
 */
export async function usedSecurityGroups(
  nodes: Nodes,
  groups: readonly Group[],
  clouds: Clouds,
): Promise<UsedSecurityGroups[]> {
  const defaultVpcs = new Map<string, string | undefined>()
  const worn = new Map<string, { region: string; vpcId: string; names: string[] }>()
  for (const group of groups) {
    const names = wornBy(group)
    if (withSources(nodes, names).length === 0) continue
    const region = clouds.regionOf(group)
    if (group.fields.vpc === undefined && !defaultVpcs.has(region)) {
      defaultVpcs.set(region, await clouds.in(region).defaultVpc())
    }
    const vpcId = group.fields.vpc ?? defaultVpcs.get(region)
    if (vpcId === undefined) throw withoutVpc(group.name, region)
    const place = worn.get(`${region} ${vpcId}`) ?? { region, vpcId, names: [] }
    place.names.push(...names)
    worn.set(`${region} ${vpcId}`, place)
  }
  return [...worn.values()].map((place) => ({ ...place, names: withSources(nodes, place.names) }))
}

function withoutVpc(group: string, region: string): PackageError {
  return new PackageError('config', 'NO_VPC', `${group} names no vpc, and ${region} has no default VPC`, {
    hint: 'add "vpc": "vpc-…" to the group in nodes.json, or make one: aws ec2 create-default-vpc',
  })
}
