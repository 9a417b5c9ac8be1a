import type { Owner } from '../ownership.ts'
import type { SecurityGroupRule, SecurityGroups } from '../ports/cloud/security-groups.ts'
import { securityGroupTags } from './owned-security-groups.ts'
import type { Permission } from './permission.ts'
import type { SecurityGroupStep } from './plan-security-groups.ts'

/** The ids of the security groups of ours in one VPC, by their names in nodes.json; a step that makes one adds it. */
export type SecurityGroupIds = Map<string, string>

/** Does one step of a plan. Failures are those of the port. */
export async function carryOutStep(
  step: SecurityGroupStep,
  { cloud, owner, vpcId, ids }: { cloud: SecurityGroups; owner: Owner; vpcId: string; ids: SecurityGroupIds },
): Promise<void> {
  if (step.do === 'create-security-group') {
    const { name, awsName, description } = step
    const tags = securityGroupTags(owner, name)
    ids.set(name, await cloud.createSecurityGroup({ name: awsName, description, vpcId, tags }))
    return
  }
  const rules = step.permissions.map((permission) => toRule(permission, ids))
  const id = idOf(ids, step.name)
  await (step.do === 'authorize-ingress' ? cloud.authorizeIngress(id, rules) : cloud.revokeIngress(id, rules))
}

function toRule({ source, ...rest }: Permission, ids: SecurityGroupIds): SecurityGroupRule {
  return 'securityGroup' in source
    ? { ...rest, source: { groupId: idOf(ids, source.securityGroup) } }
    : { ...rest, source }
}

function idOf(ids: SecurityGroupIds, name: string): string {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`the plan uses ${name} before it makes it`)
  return id
}
