import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  ModifySecurityGroupRulesCommand,
  paginateDescribeSecurityGroups,
  RevokeSecurityGroupIngressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
  type EC2Client,
  type IpPermission,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { testAccount } from './test-account.ts'

const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }

test('a new group lets all out and none in, and shows rules of the same ports together', async () => {
  const { ec2 } = testAccount()
  const GroupId = await newGroup(ec2, 'bee')
  const UserIdGroupPairs = [{ GroupId, Description: 'each other' }]
  const IpRanges = [{ CidrIp: '10.1.2.3/8', Description: 'office' }, { CidrIp: '192.0.2.0/24' }]
  const Ipv6Ranges = [{ CidrIpv6: '2001:0DB8:0:0::1/32' }]
  const { SecurityGroupRules: added } = await allow(ec2, GroupId, [
    { ...ssh, IpRanges, Ipv6Ranges, UserIdGroupPairs },
  ])
  expect(added).toHaveLength(4)
  expect(added?.[0]).toMatchObject({ GroupId, IsEgress: false, CidrIpv4: '10.0.0.0/8', FromPort: 22 })
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }))
  expect(SecurityGroups).toMatchObject([
    {
      GroupName: 'bee',
      OwnerId: '123456789012',
      SecurityGroupArn: `arn:aws:ec2:us-east-1:123456789012:security-group/${GroupId}`,
      IpPermissions: [
        {
          ...ssh,
          IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }, { CidrIp: '192.0.2.0/24' }],
          Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
          UserIdGroupPairs: [{ GroupId, UserId: '123456789012', Description: 'each other' }],
        },
      ],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    },
  ])
  expect(SecurityGroups?.[0]?.IpPermissionsEgress?.[0]?.FromPort).toBeUndefined()
})

test('names and descriptions that AWS refuses', async () => {
  const { ec2 } = testAccount()
  await newGroup(ec2, 'bee')
  const create = (GroupName: string, Description = 'd') =>
    ec2.send(new CreateSecurityGroupCommand({ GroupName, Description }))
  await expect(create('bee')).rejects.toMatchObject({
    Code: 'InvalidGroup.Duplicate',
    message: expect.stringMatching(/^The security group 'bee' already exists for VPC 'vpc-/) as string,
  })
  for (const [name, description] of [['sg-bee'], ['default'], ['wasp', 'ü'], ['x'.repeat(256)]] as const) {
    await expect(create(name, description)).rejects.toMatchObject({ Code: 'InvalidParameterValue' })
  }
})

test('a rule exists once whatever its description, and a refused request leaves no rule behind', async () => {
  const { ec2 } = testAccount()
  const id = await newGroup(ec2, 'bee')
  await allow(ec2, id, [{ ...ssh, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'one' }] }])
  const IpRanges = [{ CidrIp: '192.0.2.0/24' }, { CidrIp: '10.9.9.9/8', Description: 'two' }]
  await expect(allow(ec2, id, [{ ...ssh, IpRanges }])).rejects.toMatchObject({
    Code: 'InvalidPermission.Duplicate',
    message: 'the specified rule "peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW" already exists',
  })
  await expect(
    ec2.send(
      new AuthorizeSecurityGroupEgressCommand({
        GroupId: id,
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    ),
  ).rejects.toMatchObject({ message: expect.stringContaining('peer: 0.0.0.0/0, ALL, ALLOW') as string })
  expect(await rulesOf(ec2, id)).toHaveLength(2)
})

test('rules that AWS refuses, with its codes', async () => {
  const { ec2 } = testAccount()
  const id = await newGroup(ec2, 'bee')
  const refusals: [IpPermission, string][] = [
    [{ ...ssh, IpRanges: [{ CidrIp: '10.0.0.0/33' }] }, 'InvalidParameterValue'],
    [{ ...ssh, Ipv6Ranges: [{ CidrIpv6: '10.0.0.0/8' }] }, 'InvalidParameterValue'],
    [{ ...ssh, FromPort: 23, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }, 'InvalidParameterValue'],
    [{ ...ssh, IpProtocol: 'ssh', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }, 'InvalidParameterValue'],
    [{ ...ssh, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'a<b' }] }, 'InvalidParameterValue'],
    [{ ...ssh, UserIdGroupPairs: [{ GroupId: 'sg-00000000000000000' }] }, 'InvalidGroup.NotFound'],
    [ssh, 'MissingParameter'],
  ]
  for (const [permission, Code] of refusals) {
    await expect(allow(ec2, id, [permission])).rejects.toMatchObject({ Code })
  }
  const sixty = Array.from({ length: 60 }, (_, index) => ({ CidrIp: `10.0.${String(index)}.0/24` }))
  await allow(ec2, id, [{ ...ssh, IpRanges: sixty }])
  await expect(allow(ec2, id, [{ ...ssh, IpRanges: [{ CidrIp: '192.0.2.0/24' }] }])).rejects.toMatchObject({
    Code: 'RulesPerSecurityGroupLimitExceeded',
  })
})

test('the flat parameters of old name rules too', async () => {
  const { ec2 } = testAccount()
  const id = await newGroup(ec2, 'bee')
  const flat = { GroupName: 'bee', IpProtocol: '6', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' }
  await ec2.send(new AuthorizeSecurityGroupIngressCommand(flat))
  expect(await rulesOf(ec2, id)).toMatchObject([{ IsEgress: true }, { IpProtocol: 'tcp', FromPort: 22 }])
  await ec2.send(new RevokeSecurityGroupIngressCommand(flat))
  expect(await rulesOf(ec2, id)).toHaveLength(1)
  await expect(ec2.send(new RevokeSecurityGroupIngressCommand(flat))).rejects.toMatchObject({
    Code: 'InvalidPermission.NotFound',
    message: 'The specified rule does not exist in this security group.',
  })
})

test('rules are described anew, changed and revoked by their ids', async () => {
  const { ec2 } = testAccount()
  const GroupId = await newGroup(ec2, 'bee')
  const { SecurityGroupRules: [rule] = [] } = await allow(ec2, GroupId, [
    { ...ssh, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'old' }] },
  ])
  const id = rule?.SecurityGroupRuleId ?? ''
  const see = async () =>
    (await ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] })))
      .SecurityGroupRules?.[0]
  const IpPermissions = [{ ...ssh, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'new' }] }]
  await ec2.send(new UpdateSecurityGroupRuleDescriptionsIngressCommand({ GroupId, IpPermissions }))
  expect(await see()).toMatchObject({ Description: 'new', CidrIpv4: '10.0.0.0/8' })
  const SecurityGroupRule = { ...ssh, ToPort: 23, CidrIpv4: '192.0.2.0/24' }
  const SecurityGroupRules = [{ SecurityGroupRuleId: id, SecurityGroupRule }]
  await ec2.send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules }))
  const changed = await see()
  expect(changed).toMatchObject({ ToPort: 23, CidrIpv4: '192.0.2.0/24', IsEgress: false })
  expect(changed?.Description).toBeUndefined()
  const byId = { GroupId, SecurityGroupRuleIds: [id] }
  const { RevokedSecurityGroupRules } = await ec2.send(new RevokeSecurityGroupIngressCommand(byId))
  expect(RevokedSecurityGroupRules).toMatchObject([{ SecurityGroupRuleId: id, ToPort: 23 }])
  await expect(see()).rejects.toMatchObject({ Code: 'InvalidSecurityGroupRuleId.NotFound' })
})

test('groups are found by their rules, names and VPC, page by page', async () => {
  const { ec2 } = testAccount()
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
  const inVpc = { Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] }
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await newGroup(ec2, name, Vpc?.VpcId)
  const pages: number[] = []
  for await (const each of paginateDescribeSecurityGroups(
    { client: ec2, pageSize: 5 },
    { Filters: [inVpc] },
  )) {
    pages.push(each.SecurityGroups?.length ?? 0)
  }
  expect(pages).toEqual([5, 2])
  const id = await newGroup(ec2, 'a')
  await allow(ec2, id, [{ ...ssh, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }])
  const found = async (Name: string, Values: string[]) => {
    const answer = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name, Values }] }))
    return answer.SecurityGroups?.map(({ GroupId }) => GroupId)
  }
  expect(await found('ip-permission.cidr', ['10.*'])).toEqual([id])
  expect(await found('ip-permission.to-port', ['22'])).toEqual([id])
  expect(await found('group-name', ['a'])).toHaveLength(2)
  const named = await ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['a'] }))
  expect(named.SecurityGroups?.map(({ GroupId }) => GroupId)).toEqual([id])
  await expect(ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['f'] }))).rejects.toMatchObject({
    Code: 'InvalidGroup.NotFound',
  })
})

test('a group that another one names stays until that rule is gone, and the default group always', async () => {
  const { ec2 } = testAccount()
  const [bee, hive] = [await newGroup(ec2, 'bee'), await newGroup(ec2, 'hive')]
  const IpPermissions = [{ ...ssh, UserIdGroupPairs: [{ GroupId: bee }] }]
  await allow(ec2, hive, IpPermissions)
  const remove = (input: { GroupId: string } | { GroupName: string }) =>
    ec2.send(new DeleteSecurityGroupCommand(input))
  await expect(remove({ GroupId: bee })).rejects.toMatchObject({
    Code: 'DependencyViolation',
    message: `resource ${bee} has a dependent object`,
  })
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: hive, IpPermissions }))
  expect(await remove({ GroupId: bee })).toMatchObject({ GroupId: bee })
  await expect(remove({ GroupId: bee })).rejects.toMatchObject({ Code: 'InvalidGroup.NotFound' })
  await expect(remove({ GroupName: 'default' })).rejects.toMatchObject({ Code: 'CannotDelete' })
})

async function newGroup(ec2: EC2Client, GroupName: string, VpcId?: string): Promise<string> {
  const input = { GroupName, Description: 'of a test', ...(VpcId !== undefined && { VpcId }) }
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(input))
  return GroupId
}

function allow(ec2: EC2Client, GroupId: string, IpPermissions: IpPermission[]) {
  return ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
}

async function rulesOf(ec2: EC2Client, groupId: string) {
  const Filters = [{ Name: 'group-id', Values: [groupId] }]
  return (await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }))).SecurityGroupRules
}
