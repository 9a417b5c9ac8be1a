import { type Permission, permissionText } from '../../security-groups/permission.ts'
import type { SecurityGroupStep } from '../../security-groups/plan-security-groups.ts'
import type { UsedSecurityGroups } from '../../security-groups/used-security-groups.ts'

/** A security group in one VPC, and what a run did to it, or with --dry-run would do. */
export interface SyncedGroup {
  region: string
  vpc: string
  security_group: string
  status: 'created' | 'updated' | 'unchanged'
  authorized: Permission[]
  revoked: Permission[]
}

/** What the steps did to each security group that is used in a VPC. */
export function syncedGroups(
  { region, vpcId, names }: UsedSecurityGroups,
  steps: readonly SecurityGroupStep[],
): SyncedGroup[] {
  return names.map((name) => {
    const own = steps.filter((step) => step.name === name)
    const isCreated = own.some((step) => step.do === 'create-security-group')
    return {
      region,
      vpc: vpcId,
      security_group: name,
      status: isCreated ? 'created' : own.length > 0 ? 'updated' : 'unchanged',
      authorized: own.flatMap((step) => (step.do === 'authorize-ingress' ? step.permissions : [])),
      revoked: own.flatMap((step) => (step.do === 'revoke-ingress' ? step.permissions : [])),
    }
  })
}

/** A line for each VPC, below it one for each group, below that one for each rule. */
export function syncedLines(groups: readonly SyncedGroup[], dryRun: boolean): string[] {
  const verbs = dryRun ? planned : done
  const lines = groups.flatMap((group, index) => {
    const before = groups[index - 1]
    const isSamePlace = before?.vpc === group.vpc && before.region === group.region
    return [
      ...(isSamePlace ? [] : [`${group.vpc} in ${group.region}`]),
      `  ${verbs[group.status]} security group ${group.security_group}`,
      ...group.authorized.map((permission) => `    + ${permissionText(permission)}`),
      ...group.revoked.map((permission) => `    - ${permissionText(permission)}`),
    ]
  })
  return lines.length === 0 ? ['nothing to do: these groups wear no declared security group'] : lines
}

const done = { created: 'created', updated: 'updated', unchanged: 'unchanged' } as const
const planned = { created: 'create', updated: 'update', unchanged: 'unchanged' } as const
