import { apiPage, errorCodes } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

const groupInUse =
  'If you attempt to delete a security group that is associated with an instance or network interface, is referenced by another security group in the same VPC, or has a VPC association, the operation fails with DependencyViolation.'

export const securityGroupDifferences: Difference[] = [
  {
    at: ['CreateSecurityGroup: *'],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'tagSet: The tags assigned to the security group.',
    page: apiPage('CreateSecurityGroup'),
  },
  {
    at: ['security groups: create in no VPC'],
    sandbox: 'InvalidVpcID.NotFound',
    moto: 'ok',
    right: 'sandbox',
    aws: 'InvalidVpcID.NotFound: The specified VPC does not exist.',
    page: errorCodes,
  },
  {
    at: ['security groups: delete the default group'],
    sandbox: 'CannotDelete',
    moto: 'ok',
    right: 'sandbox',
    aws: "CannotDelete: You cannot delete the 'default' security group in your VPC, but you can change its rules.",
    page: errorCodes,
  },
  {
    at: ['rules of egress and of groups: delete what is referred to'],
    sandbox: 'DependencyViolation',
    moto: 'ok',
    right: 'sandbox',
    aws: groupInUse,
    page: apiPage('DeleteSecurityGroup'),
  },
  {
    at: ['DeleteSecurityGroup: DeleteSecurityGroupResult.*'],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'groupId: The ID of the deleted security group. return: Returns true if the request succeeds; otherwise, returns an error.',
    page: apiPage('DeleteSecurityGroup'),
  },
  {
    at: ['rules: authorize'],
    sandbox:
      '["[false,\\"tcp\\",22,22,\\"192.0.2.1/32\\",\\"ann\\"]","[false,\\"tcp\\",80,80,\\"0.0.0.0/0\\",null]"]',
    moto: '["[false,\\"tcp\\",80,80,\\"0.0.0.0/0\\",null]"]',
    right: 'sandbox',
    aws: 'securityGroupRuleSet: Information about the inbound (ingress) security group rules that were added. (Not of the last one only.)',
    page: apiPage('AuthorizeSecurityGroupIngress'),
  },
  {
    at: ['AuthorizeSecurityGroupIngress: SecurityGroupRule.Description'],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'description: The security group rule description. (moto leaves out the rule that has one.)',
    page: apiPage('SecurityGroupRule'),
  },
  {
    at: ['*: SecurityGroupRule.GroupOwnerId', '*: SecurityGroupRule.SecurityGroupRuleArn'],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'groupOwnerId: The ID of the AWS account that owns the security group. securityGroupRuleArn: The ARN of the security group rule.',
    page: apiPage('SecurityGroupRule'),
  },
  {
    at: [
      'RevokeSecurityGroupIngress: RevokeSecurityGroupIngressResult.RevokedSecurityGroupRules',
      'RevokeSecurityGroupEgress: RevokeSecurityGroupEgressResult.RevokedSecurityGroupRules',
      'RevokeSecurityGroupIngress: RevokedSecurityGroupRule.*',
      'RevokeSecurityGroupEgress: RevokedSecurityGroupRule.*',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'revokedSecurityGroupRuleSet: Details about the revoked security group rules.',
    page: apiPage('RevokeSecurityGroupIngress'),
  },
  {
    at: [
      'UpdateSecurityGroupRuleDescriptionsIngress: UpdateSecurityGroupRuleDescriptionsIngressResult.Return',
      'UpdateSecurityGroupRuleDescriptionsEgress: UpdateSecurityGroupRuleDescriptionsEgressResult.Return',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'return: Returns true if the request succeeds; otherwise, returns an error.',
    page: apiPage('UpdateSecurityGroupRuleDescriptionsIngress'),
  },
]
