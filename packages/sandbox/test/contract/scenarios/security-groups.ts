import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
  type IpPermission,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2'

import type { Caller } from '../caller.ts'
import type { Scenario } from '../scenario.ts'

const missing = 'sg-0123456789abcdef0'
const ssh: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [{ CidrIp: '192.0.2.1/32', Description: 'ann' }],
}
const web: IpPermission = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }

export const securityGroupScenarios: Scenario[] = [
  {
    name: 'security groups',
    async play(caller) {
      const VpcId = await defaultVpc(caller)
      const bee = { GroupName: 'bee', Description: 'of bees', VpcId }
      await caller.refuses(
        'a dry run',
        'DryRunOperation',
        new CreateSecurityGroupCommand({ ...bee, DryRun: true }),
      )
      const { GroupId } = await caller.does(
        'create',
        new CreateSecurityGroupCommand({
          ...bee,
          TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'group', Value: 'bee' }] }],
        }),
      )
      await caller.refuses(
        'create what is there',
        'InvalidGroup.Duplicate',
        new CreateSecurityGroupCommand(bee),
      )
      await caller.refuses(
        'create in no VPC',
        'InvalidVpcID.NotFound',
        new CreateSecurityGroupCommand({ ...bee, VpcId: 'vpc-0123456789abcdef0' }),
      )
      await caller.does(
        'find by name and tag',
        new DescribeSecurityGroupsCommand({
          Filters: [
            { Name: 'group-name', Values: ['b?e', 'wasp'] },
            { Name: 'tag:group', Values: ['bee'] },
          ],
        }),
        ({ SecurityGroups }) =>
          SecurityGroups?.map((group) => [group.GroupName, group.Description, group.GroupId === GroupId]),
      )
      await caller.refuses(
        'name a missing one',
        'InvalidGroup.NotFound',
        new DescribeSecurityGroupsCommand({ GroupIds: [missing] }),
      )
      await caller.refuses(
        'delete the default group',
        'CannotDelete',
        new DeleteSecurityGroupCommand({ GroupName: 'default' }),
      )
      await caller.does('delete', new DeleteSecurityGroupCommand({ GroupId }))
      await caller.refuses(
        'delete what is gone',
        'InvalidGroup.NotFound',
        new DeleteSecurityGroupCommand({ GroupId }),
      )
    },
  },
  {
    name: 'rules',
    async play(caller) {
      const GroupId = await newGroup(caller, 'bee')
      await caller.does(
        'authorize',
        new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh, web] }),
        ({ SecurityGroupRules }) => SecurityGroupRules?.map(ruleText).sort(),
      )
      await caller.refuses(
        'authorize what is there',
        'InvalidPermission.Duplicate',
        new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [web] }),
      )
      await caller.refuses(
        'authorize for a missing group',
        'InvalidGroup.NotFound',
        new AuthorizeSecurityGroupIngressCommand({ GroupId: missing, IpPermissions: [web] }),
      )
      await caller.refuses(
        'authorize what is no range',
        'InvalidParameterValue',
        new AuthorizeSecurityGroupIngressCommand({
          GroupId,
          IpPermissions: [{ ...web, IpRanges: [{ CidrIp: '300.0.0.0/8' }] }],
        }),
      )
      const { SecurityGroupRules = [] } = await caller.does(
        'list the rules',
        new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
        (answer) => answer.SecurityGroupRules?.map(ruleText).sort(),
      )
      await caller.does(
        'describe them anew',
        new UpdateSecurityGroupRuleDescriptionsIngressCommand({
          GroupId,
          IpPermissions: [{ ...ssh, IpRanges: [{ CidrIp: '192.0.2.1/32', Description: 'ben' }] }],
        }),
      )
      const SecurityGroupRuleId = SecurityGroupRules.find(
        ({ FromPort }) => FromPort === 80,
      )?.SecurityGroupRuleId
      await caller.does(
        'modify one',
        new ModifySecurityGroupRulesCommand({
          GroupId,
          SecurityGroupRules: [
            {
              SecurityGroupRuleId,
              SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIpv4: '0.0.0.0/0' },
            },
          ],
        }),
      )
      await describeRules(caller, 'after that', GroupId)
      await caller.does(
        'revoke',
        new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }),
        ({ Return }) => Return,
      )
      await caller.refuses(
        'revoke what is gone',
        'InvalidPermission.NotFound',
        new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }),
      )
      await describeRules(caller, 'at the end', GroupId)
    },
  },
  {
    name: 'rules of egress and of groups',
    async play(caller) {
      const GroupId = await newGroup(caller, 'bee')
      const other = await newGroup(caller, 'wasp')
      const pair: IpPermission = {
        IpProtocol: 'udp',
        FromPort: 53,
        ToPort: 54,
        UserIdGroupPairs: [{ GroupId: other }],
      }
      await caller.does(
        'let a group in',
        new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [pair] }),
      )
      await caller.refuses(
        'delete what is referred to',
        'DependencyViolation',
        new DeleteSecurityGroupCommand({ GroupId: other }),
      )
      await caller.does(
        'let ssh out',
        new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [ssh] }),
        ({ SecurityGroupRules }) => SecurityGroupRules?.map(ruleText),
      )
      await caller.does(
        'describe that anew',
        new UpdateSecurityGroupRuleDescriptionsEgressCommand({
          GroupId,
          IpPermissions: [{ ...ssh, IpRanges: [{ CidrIp: '192.0.2.1/32', Description: 'ben' }] }],
        }),
      )
      await caller.does(
        'let nothing else out',
        new RevokeSecurityGroupEgressCommand({
          GroupId,
          IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        }),
      )
      await caller.does(
        'look',
        new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }),
        ({ SecurityGroups }) =>
          SecurityGroups?.map(({ IpPermissions, IpPermissionsEgress }) => [
            IpPermissions?.map((each) => [
              permissionText(each),
              each.UserIdGroupPairs?.map(({ GroupId: id }) => id === other),
            ]),
            IpPermissionsEgress?.map(permissionText),
          ]),
      )
    },
  },
]

async function defaultVpc(caller: Caller): Promise<string> {
  const { Vpcs } = await caller.does(
    'find the default VPC',
    new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
    (answer) => answer.Vpcs?.length,
  )
  return Vpcs?.[0]?.VpcId ?? ''
}

async function newGroup(caller: Caller, GroupName: string): Promise<string> {
  const group = { GroupName, Description: `of ${GroupName}s` }
  const { GroupId = '' } = await caller.does(`create ${GroupName}`, new CreateSecurityGroupCommand(group))
  return GroupId
}

async function describeRules(caller: Caller, when: string, GroupId: string): Promise<void> {
  await caller.does(
    `look ${when}`,
    new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }),
    ({ SecurityGroups }) =>
      SecurityGroups?.map(({ IpPermissions }) => IpPermissions?.map(permissionText).sort()),
  )
}

function permissionText({ IpProtocol, FromPort, ToPort, IpRanges }: IpPermission): string {
  const ranges = IpRanges?.map(({ CidrIp, Description }) => [CidrIp, Description])
  return JSON.stringify([IpProtocol, FromPort, ToPort, ranges])
}

function ruleText({
  IsEgress,
  IpProtocol,
  FromPort,
  ToPort,
  CidrIpv4,
  Description,
}: SecurityGroupRule): string {
  return JSON.stringify([IsEgress, IpProtocol, FromPort, ToPort, CidrIpv4, Description])
}
