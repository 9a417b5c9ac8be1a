import type {
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  SecurityGroup as ShownGroup,
} from '@aws-sdk/client-ec2'

import type { FilterValues } from '../../account/filters.ts'
import { page } from '../../account/pages.ts'
import type { Scope } from '../../operation.ts'
import { defaultVpc } from '../networks/chosen-subnet.ts'
import { selectResources } from '../select-resources.ts'
import { tagList } from '../tags/tags.ts'
import { ipPermissions } from './ip-permissions.ts'
import { requestedSecurityGroup, unknownSecurityGroups } from './named-security-group.ts'
import type { SecurityGroup, SecurityGroupRule } from './security-group.ts'

export function describeSecurityGroups(
  input: DescribeSecurityGroupsRequest,
  scope: Scope,
): DescribeSecurityGroupsResult {
  const { GroupNames: names = [] } = input
  for (const name of names) requestedSecurityGroup(scope, { GroupName: name })
  const found = selectResources(scope, {
    from: scope.state.ec2.securityGroups,
    ids: input.GroupIds,
    notFound: unknownSecurityGroups,
    filters: input.Filters,
    values: filterValues(scope),
    idOf: ({ groupId }) => groupId,
  })
  const { items, NextToken } = page(names.length > 0 ? inDefaultVpc(scope, found, names) : found, input)
  return { SecurityGroups: items.map((group) => shownGroup(scope, group)), NextToken }
}

function inDefaultVpc(
  scope: Scope,
  groups: readonly SecurityGroup[],
  names: readonly string[],
): SecurityGroup[] {
  const { vpcId } = defaultVpc(scope)
  return groups.filter((group) => group.vpcId === vpcId && names.includes(group.name))
}

function shownGroup(scope: Scope, group: SecurityGroup): ShownGroup {
  const { groupId, name, description, vpcId, rules } = group
  const ingress = rules.filter(({ isEgress }) => !isEgress)
  const egress = rules.filter(({ isEgress }) => isEgress)
  return {
    GroupId: groupId,
    GroupName: name,
    Description: description,
    VpcId: vpcId,
    OwnerId: scope.accountId,
    SecurityGroupArn: securityGroupArn(scope, groupId),
    IpPermissions: ipPermissions(scope, ingress),
    IpPermissionsEgress: ipPermissions(scope, egress),
    Tags: tagList(scope, groupId),
  }
}

export function securityGroupArn({ region, accountId }: Scope, groupId: string): string {
  return `arn:aws:ec2:${region}:${accountId}:security-group/${groupId}`
}

function filterValues(scope: Scope): FilterValues<SecurityGroup> {
  return {
    'group-id': ({ groupId }) => groupId,
    'group-name': ({ name }) => name,
    'vpc-id': ({ vpcId }) => vpcId,
    description: ({ description }) => description,
    'owner-id': () => scope.accountId,
    ...ruleFilters(scope, 'ip-permission', false),
    ...ruleFilters(scope, 'egress.ip-permission', true),
  }
}

function ruleFilters(scope: Scope, prefix: string, isEgress: boolean): FilterValues<SecurityGroup> {
  const { securityGroups } = scope.state.ec2
  const ofRules =
    (value: (rule: SecurityGroupRule) => string | number | undefined) =>
    ({ rules }: SecurityGroup) =>
      rules.flatMap((rule) => {
        const answer = rule.isEgress === isEgress ? value(rule) : undefined
        return answer === undefined ? [] : [String(answer)]
      })
  return {
    [`${prefix}.cidr`]: ofRules(({ cidrIpv4 }) => cidrIpv4),
    [`${prefix}.ipv6-cidr`]: ofRules(({ cidrIpv6 }) => cidrIpv6),
    [`${prefix}.prefix-list-id`]: ofRules(({ prefixListId }) => prefixListId),
    [`${prefix}.from-port`]: ofRules(({ fromPort }) => fromPort),
    [`${prefix}.to-port`]: ofRules(({ toPort }) => toPort),
    [`${prefix}.protocol`]: ofRules(({ protocol }) => protocol),
    [`${prefix}.group-id`]: ofRules(({ referencedGroupId }) => referencedGroupId),
    [`${prefix}.group-name`]: ofRules(({ referencedGroupId: id }) =>
      id === undefined ? undefined : securityGroups[id]?.name,
    ),
    [`${prefix}.user-id`]: ofRules(({ referencedGroupId: id }) =>
      id === undefined ? undefined : scope.accountId,
    ),
  }
}
