import type { Nodes } from '../groups/nodes.ts'
import { ownedName, type Owner } from '../ownership.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'
import { declaredIngress } from './declared-permissions.ts'
import { type IngressDifference, ingressDifference } from './ingress-difference.ts'
import type { MyIp } from './my-ip.ts'
import { ownedSecurityGroups, refuseForeign } from './owned-security-groups.ts'
import { namedPermission, type Permission } from './permission.ts'

/** `name` is always that of nodes.json. */
export type SecurityGroupStep =
  | { do: 'create-security-group'; name: string; awsName: string; description: string }
  | { do: 'authorize-ingress'; name: string; permissions: Permission[] }
  | { do: 'revoke-ingress'; name: string; permissions: Permission[] }

export interface SecurityGroupPlan {
  /** All groups before the first rule, since sources may name each other. */
  additions: SecurityGroupStep[]
  /** To come after the additions, so that nobody loses access meanwhile. */
  revocations: SecurityGroupStep[]
  /** AWS cannot change the description of a security group. */
  descriptionDrift: { name: string; id: string; actual: string; declared: string }[]
}

/** What a plan is made from. */
export interface SecurityGroupState {
  nodes: Nodes
  owner: Owner
  /** Declared groups, with all their sources among them. */
  names: readonly string[]
  myIp: MyIp | undefined
  /** All of the VPC. */
  existing: readonly AwsSecurityGroup[]
}

/**
 * What makes a VPC's security groups be exactly as declared. Throws PackageError (conflict) where somebody else's has the name
 * of one to be made.
 */
export function planSecurityGroups(state: SecurityGroupState): SecurityGroupPlan {
  const { nodes, owner, names, existing } = state
  const owned = ownedSecurityGroups(owner, existing)
  const absent = names.filter((name) => !owned.has(name))
  for (const name of absent) refuseForeign(owner, name, existing)
  const differences = names.map((name) => ({ name, ...differenceOf(state, owned, name) }))
  return {
    additions: [
      ...absent.map((name) => ({
        do: 'create-security-group' as const,
        name,
        awsName: ownedName(owner, name),
        description: describe(nodes, name),
      })),
      ...differences.flatMap(({ name, missing }) => stepFor('authorize-ingress', name, missing)),
    ],
    revocations: differences.flatMap(({ name, surplus }) => stepFor('revoke-ingress', name, surplus)),
    descriptionDrift: names.flatMap((name) => {
      const group = owned.get(name)
      const declared = describe(nodes, name)
      return group === undefined || group.description === declared
        ? []
        : [{ name, id: group.id, actual: group.description, declared }]
    }),
  }
}

function differenceOf(
  { nodes, myIp }: SecurityGroupState,
  owned: ReadonlyMap<string, AwsSecurityGroup>,
  name: string,
): IngressDifference {
  const namesById = new Map([...owned].map(([ownedAs, { id }]) => [id, ownedAs]))
  const actual = (owned.get(name)?.ingress ?? []).map((rule) => namedPermission(rule, namesById))
  return ingressDifference(declaredIngress(nodes, name, myIp), actual, myIp)
}

function stepFor(
  what: 'authorize-ingress' | 'revoke-ingress',
  name: string,
  permissions: Permission[],
): SecurityGroupStep[] {
  return permissions.length === 0 ? [] : [{ do: what, name, permissions }]
}

/** EC2 makes no security group without a description (EC2 API Reference, CreateSecurityGroup). */
function describe({ securityGroups }: Nodes, name: string): string {
  const description = securityGroups.get(name)?.description ?? ''
  return description === '' ? name : description
}
