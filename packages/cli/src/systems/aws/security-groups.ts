import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupIngressCommand,
  type Filter,
  type IpPermission,
} from '@aws-sdk/client-ec2'
import type {
  AwsSecurityGroup,
  SecurityGroupRule,
  SecurityGroups,
} from '@package/core/ports/cloud/security-groups'

import { awsCodeOf } from './aws-error.ts'
import type { Consistent } from './consistent.ts'
import { fromPermissions, toPermission } from './ip-permissions.ts'
import { allPages } from './pages.ts'
import type { Send } from './sender.ts'
import { tagList, toTags } from './tags.ts'

export function securityGroups(send: Send, consistent: Consistent): SecurityGroups {
  return {
    securityGroupsIn: (vpcId) => filtered(send, { Name: 'vpc-id', Values: [vpcId] }),
    securityGroupsNamed: (pattern) => filtered(send, { Name: 'group-name', Values: [pattern] }),
    async createSecurityGroup({ name, description, vpcId, tags }) {
      const { GroupId = '' } = await send(
        new CreateSecurityGroupCommand({
          GroupName: name,
          Description: description,
          VpcId: vpcId,
          TagSpecifications: [{ ResourceType: 'security-group', Tags: tagList(tags) }],
        }),
      )
      consistent.made(GroupId)
      return GroupId
    },
    async deleteSecurityGroup(id) {
      try {
        await send(new DeleteSecurityGroupCommand({ GroupId: id }))
      } catch (error) {
        if (awsCodeOf(error) !== 'InvalidGroup.NotFound') throw error
      }
    },
    authorizeIngress: (groupId, rules) =>
      allOrEach(rules, 'InvalidPermission.Duplicate', (IpPermissions) => {
        const command = new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions })
        return consistent.untilFound([groupId, ...sourceGroups(rules)], () => send(command))
      }),
    revokeIngress: (groupId, rules) =>
      allOrEach(rules, 'InvalidPermission.NotFound', (IpPermissions) =>
        send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions })),
      ),
  }
}

async function filtered(send: Send, filter: Filter): Promise<AwsSecurityGroup[]> {
  const found = await allPages(async (token) => {
    const page = await send(
      new DescribeSecurityGroupsCommand({
        Filters: [filter],
        MaxResults: 1000,
        ...(token !== undefined && { NextToken: token }),
      }),
    )
    return { items: page.SecurityGroups, next: page.NextToken }
  })
  return found.map((group) => ({
    id: group.GroupId ?? '',
    name: group.GroupName ?? '',
    vpcId: group.VpcId ?? '',
    description: group.Description ?? '',
    tags: toTags(group.Tags),
    ingress: fromPermissions(group.IpPermissions ?? [], group.OwnerId ?? ''),
  }))
}

function sourceGroups(rules: readonly SecurityGroupRule[]): string[] {
  return rules.flatMap(({ source }) => ('groupId' in source ? [source.groupId] : []))
}

/**
 * All rules in one call. AWS refuses a call as a whole when one of its rules is done already (by an answer that was lost, or
 * by another operator): then each goes alone, and what is done is passed over.
 */
async function allOrEach(
  rules: readonly SecurityGroupRule[],
  doneAlready: string,
  call: (permissions: IpPermission[]) => Promise<unknown>,
): Promise<void> {
  try {
    await call(rules.map(toPermission))
  } catch (error) {
    if (awsCodeOf(error) !== doneAlready) throw error
    if (rules.length > 1) for (const rule of rules) await allOrEach([rule], doneAlready, call)
  }
}
