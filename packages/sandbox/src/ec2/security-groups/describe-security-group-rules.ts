import type {
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult,
  SecurityGroupRule as ShownRule,
} from '@aws-sdk/client-ec2'

import { page } from '../../account/pages.ts'
import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { selectResources } from '../select-resources.ts'
import { tagList } from '../tags/tags.ts'
import type { SecurityGroupRule } from './security-group.ts'

export function describeSecurityGroupRules(
  input: DescribeSecurityGroupRulesRequest,
  scope: Scope,
): DescribeSecurityGroupRulesResult {
  const all = Object.values(scope.state.ec2.securityGroups).flatMap(({ groupId, rules }) =>
    rules.map((rule) => [rule.ruleId, { groupId, rule }] as const),
  )
  const found = selectResources(scope, {
    from: Object.fromEntries(all),
    ids: input.SecurityGroupRuleIds,
    notFound: unknownRules,
    filters: input.Filters,
    values: {
      'group-id': ({ groupId }) => groupId,
      'security-group-rule-id': ({ rule }) => rule.ruleId,
    },
    idOf: ({ rule }) => rule.ruleId,
  })
  const { items, NextToken } = page(found, input)
  return { SecurityGroupRules: items.map(({ groupId, rule }) => shownRule(scope, groupId, rule)), NextToken }
}

/** Ports are -1 here where the protocol has none. */
export function shownRule(scope: Scope, groupId: string, rule: SecurityGroupRule): ShownRule {
  const { region, accountId } = scope
  const { ruleId, referencedGroupId } = rule
  return {
    SecurityGroupRuleId: ruleId,
    GroupId: groupId,
    GroupOwnerId: accountId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    ...(rule.cidrIpv4 !== undefined && { CidrIpv4: rule.cidrIpv4 }),
    ...(rule.cidrIpv6 !== undefined && { CidrIpv6: rule.cidrIpv6 }),
    ...(rule.prefixListId !== undefined && { PrefixListId: rule.prefixListId }),
    ...(referencedGroupId !== undefined && {
      ReferencedGroupInfo: { GroupId: referencedGroupId, UserId: accountId },
    }),
    ...(rule.description !== undefined && { Description: rule.description }),
    Tags: tagList(scope, ruleId),
    SecurityGroupRuleArn: `arn:aws:ec2:${region}:${accountId}:security-group-rule/${ruleId}`,
  }
}

export function unknownRules(ids: readonly string[]): AwsError {
  const [subject, verb] = ids.length === 1 ? ['rule ID', 'does'] : ['rule IDs', 'do']
  return new AwsError(
    'InvalidSecurityGroupRuleId.NotFound',
    `The security group ${subject} '${ids.join(', ')}' ${verb} not exist`,
  )
}
