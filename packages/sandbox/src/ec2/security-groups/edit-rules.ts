import type {
  ModifySecurityGroupRulesRequest,
  ModifySecurityGroupRulesResult,
  SecurityGroupRuleRequest,
  UpdateSecurityGroupRuleDescriptionsIngressRequest,
  UpdateSecurityGroupRuleDescriptionsIngressResult,
} from '@aws-sdk/client-ec2'

import { missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { ruleLike, ruleWithId } from './change-rules.ts'
import { described, requestedRules } from './ip-permissions.ts'
import { requestedSecurityGroup } from './named-security-group.ts'
import { checkRuleCount, duplicateRule, isSameRule, type RuleValues } from './rule-values.ts'
import type { SecurityGroup } from './security-group.ts'

/** UpdateSecurityGroupRuleDescriptionsIngress or -Egress. An empty description takes it away. */
export function updateDescriptions(isEgress: boolean) {
  return (
    input: UpdateSecurityGroupRuleDescriptionsIngressRequest,
    scope: Scope,
  ): UpdateSecurityGroupRuleDescriptionsIngressResult => {
    const group = requestedSecurityGroup(scope, input)
    const { SecurityGroupRuleDescriptions: byId = [] } = input
    const changes =
      byId.length > 0
        ? byId.map(({ SecurityGroupRuleId: id = '', Description }) => ({
            ruleId: ruleWithId(group, id, isEgress).ruleId,
            ...described(Description),
          }))
        : requestedRules(scope, group, input, isEgress).map((rule) => ({
            ruleId: ruleLike(group, rule).ruleId,
            ...described(rule.description),
          }))
    const descriptions = new Map(changes.map(({ ruleId, description }) => [ruleId, description]))
    group.rules = group.rules.map((rule) => {
      if (!descriptions.has(rule.ruleId)) return rule
      const { description: _, ...bare } = rule
      return { ...bare, ...described(descriptions.get(rule.ruleId)) }
    })
    return { Return: true }
  }
}

/** A rule keeps its id and its direction; everything else is what the request says. */
export function modifySecurityGroupRules(
  input: ModifySecurityGroupRulesRequest,
  scope: Scope,
): ModifySecurityGroupRulesResult {
  const group = requestedSecurityGroup(scope, input)
  for (const { SecurityGroupRuleId: id = '', SecurityGroupRule: request } of input.SecurityGroupRules ?? []) {
    const { ruleId, isEgress } = ruleWithId(group, id)
    if (request === undefined) throw missingParameter('SecurityGroupRule')
    const values = singleRule(scope, group, request, isEgress)
    if (group.rules.some((rule) => rule.ruleId !== ruleId && isSameRule(rule, values))) {
      throw duplicateRule(values)
    }
    group.rules = group.rules.map((rule) => (rule.ruleId === ruleId ? { ruleId, ...values } : rule))
  }
  checkRuleCount(group.rules)
  return { Return: true }
}

function singleRule(
  scope: Scope,
  group: SecurityGroup,
  request: SecurityGroupRuleRequest,
  isEgress: boolean,
): RuleValues {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId, Description, ...ports } = request
  const permission = {
    ...ports,
    IpRanges: CidrIpv4 === undefined ? [] : [{ CidrIp: CidrIpv4, Description }],
    Ipv6Ranges: CidrIpv6 === undefined ? [] : [{ CidrIpv6, Description }],
    PrefixListIds: PrefixListId === undefined ? [] : [{ PrefixListId, Description }],
    UserIdGroupPairs: ReferencedGroupId === undefined ? [] : [{ GroupId: ReferencedGroupId, Description }],
  }
  const [rule] = requestedRules(scope, group, { IpPermissions: [permission] }, isEgress)
  if (rule === undefined) throw missingParameter('SecurityGroupRule')
  return rule
}
