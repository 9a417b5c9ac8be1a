import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  RevokedSecurityGroupRule,
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult,
} from '@aws-sdk/client-ec2'

import { newId } from '../../account/ids.ts'
import { AwsError, invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { checkTaggedTypes, forgetTags, tagOnCreate } from '../tags/tags.ts'
import { shownRule, unknownRules } from './describe-security-group-rules.ts'
import { requestedRules } from './ip-permissions.ts'
import { requestedSecurityGroup } from './named-security-group.ts'
import { checkRuleCount, duplicateRule, isSameRule, type RuleValues } from './rule-values.ts'
import type { SecurityGroup, SecurityGroupRule } from './security-group.ts'

/** AuthorizeSecurityGroupIngress or -Egress. */
export function authorize(isEgress: boolean) {
  return (
    input: AuthorizeSecurityGroupIngressRequest | AuthorizeSecurityGroupEgressRequest,
    scope: Scope,
  ): AuthorizeSecurityGroupIngressResult => {
    const group = requestedSecurityGroup(scope, input)
    checkTaggedTypes(input.TagSpecifications, ['security-group-rule'])
    const wanted = requestedRules(scope, group, input, isEgress)
    const isRepeated = wanted.some((rule, index) =>
      wanted.slice(0, index).some((earlier) => isSameRule(earlier, rule)),
    )
    if (isRepeated) throw invalidParameterValue('The same permission must not appear multiple times')
    const duplicate = wanted.find((rule) => group.rules.some((known) => isSameRule(known, rule)))
    if (duplicate) throw duplicateRule(duplicate)
    checkRuleCount([...group.rules, ...wanted])
    const added = wanted.map((rule) => ({ ruleId: newId('sgr'), ...rule }))
    group.rules.push(...added)
    for (const { ruleId } of added) {
      scope.consistency.created(ruleId)
      tagOnCreate(scope, ruleId, 'security-group-rule', input.TagSpecifications)
    }
    return {
      Return: true,
      SecurityGroupRules: added.map((rule) => shownRule(scope, group.groupId, rule)),
    }
  }
}

/** RevokeSecurityGroupIngress or -Egress. */
export function revoke(isEgress: boolean) {
  return (
    input: RevokeSecurityGroupIngressRequest | RevokeSecurityGroupEgressRequest,
    scope: Scope,
  ): RevokeSecurityGroupIngressResult => {
    const group = requestedSecurityGroup(scope, input)
    const { SecurityGroupRuleIds: ids = [] } = input
    const revoked =
      ids.length > 0
        ? ids.map((id) => ruleWithId(group, id, isEgress))
        : requestedRules(scope, group, input, isEgress).map((rule) => ruleLike(group, rule))
    const gone = new Set(revoked)
    group.rules = group.rules.filter((rule) => !gone.has(rule))
    for (const { ruleId } of gone) forgetTags(scope, ruleId)
    return { Return: true, RevokedSecurityGroupRules: [...gone].map((rule) => revokedRule(group, rule)) }
  }
}

/** Throws AwsError where the group has no such rule in that direction. */
export function ruleWithId(group: SecurityGroup, id: string, isEgress?: boolean): SecurityGroupRule {
  const rule = group.rules.find(({ ruleId }) => ruleId === id)
  if (rule === undefined || (isEgress !== undefined && rule.isEgress !== isEgress)) throw unknownRules([id])
  return rule
}

/** The group's rule that says the same. Throws AwsError (InvalidPermission.NotFound). */
export function ruleLike(group: SecurityGroup, values: RuleValues): SecurityGroupRule {
  const rule = group.rules.find((known) => isSameRule(known, values))
  if (rule !== undefined) return rule
  throw new AwsError(
    'InvalidPermission.NotFound',
    'The specified rule does not exist in this security group.',
  )
}

function revokedRule({ groupId }: SecurityGroup, rule: SecurityGroupRule): RevokedSecurityGroupRule {
  return {
    SecurityGroupRuleId: rule.ruleId,
    GroupId: groupId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    CidrIpv4: rule.cidrIpv4,
    CidrIpv6: rule.cidrIpv6,
    PrefixListId: rule.prefixListId,
    ReferencedGroupId: rule.referencedGroupId,
    Description: rule.description,
  }
}
