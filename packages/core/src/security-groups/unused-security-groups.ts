import type { Nodes } from '../groups/nodes.ts'
import { owns, type Owner } from '../ownership.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'
import { withSources, wornBy } from './used-security-groups.ts'

/** The declared security groups that no group of nodes.json wears, directly or by way of a source. */
export function unwornSecurityGroups(nodes: Nodes): string[] {
  const worn = new Set(withSources(nodes, [...nodes.groups.values()].flatMap(wornBy)))
  return [...nodes.securityGroups.keys()].filter((name) => !worn.has(name))
}

/** What the owner has made in a VPC and nodes.json does not declare any more. */
export function undeclaredSecurityGroups(
  nodes: Nodes,
  owner: Owner,
  existing: readonly AwsSecurityGroup[],
): AwsSecurityGroup[] {
  return existing.filter(({ tags }) => {
    const name = tags['package:security-group']
    return name !== undefined && owns(owner, tags) && !nodes.securityGroups.has(name)
  })
}
