import { PackageError } from '../errors.ts'
import { didYouMean } from '../groups/did-you-mean.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'

/**
 * The ids of the security groups that a group names without declaring them: existing ones of the VPC, by exact name or id.
 * Throws PackageError (config) for one that the VPC does not have.
 */
export function undeclaredIds(
  nodes: Nodes,
  { name: wearer, fields }: Group,
  existing: readonly AwsSecurityGroup[],
): Map<string, string> {
  const undeclared = (fields.security_groups ?? []).filter((name) => !nodes.securityGroups.has(name))
  return new Map(
    undeclared.map((name) => {
      const found = existing.find((group) => group.name === name || group.id === name)
      if (found !== undefined) return [name, found.id]
      const known = [...nodes.securityGroups.keys(), ...existing.map((group) => group.name)]
      throw new PackageError(
        'config',
        'UNKNOWN_SECURITY_GROUP',
        `${wearer} wears ${JSON.stringify(name)}, which is neither declared nor in its VPC${didYouMean(name, known)}`,
        { hint: 'declare it in __security_groups__ of nodes.json, or make it in AWS first' },
      )
    }),
  )
}
