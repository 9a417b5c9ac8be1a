import type {
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  DeleteSecurityGroupRequest,
  DeleteSecurityGroupResult,
} from '@aws-sdk/client-ec2'

import { newId } from '../../account/ids.ts'
import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { givenText } from '../given-text.ts'
import { stateOf } from '../instances/instance-states.ts'
import { defaultVpc, vpcOf } from '../networks/chosen-subnet.ts'
import { checkTaggedTypes, forgetTags, tagList, tagOnCreate } from '../tags/tags.ts'
import { securityGroupArn } from './describe-security-groups.ts'
import { requestedSecurityGroup, securityGroupNamed } from './named-security-group.ts'
import { checkText } from './rule-values.ts'
import type { SecurityGroup } from './security-group.ts'

export function createSecurityGroup(
  input: CreateSecurityGroupRequest,
  scope: Scope,
): CreateSecurityGroupResult {
  const name = checkedName(input.GroupName)
  if (input.Description === undefined) throw missingParameter('GroupDescription')
  checkText(input.Description, 'security group description', 'descriptions')
  checkTaggedTypes(input.TagSpecifications, ['security-group'])
  const named = givenText(input.VpcId)
  const { vpcId } = named === undefined ? defaultVpc(scope) : vpcOf(scope, named)
  if (securityGroupNamed(scope, name, vpcId)) {
    throw new AwsError(
      'InvalidGroup.Duplicate',
      `The security group '${name}' already exists for VPC '${vpcId}'`,
    )
  }
  const groupId = addSecurityGroup(scope, { name, description: input.Description, vpcId })
  tagOnCreate(scope, groupId, 'security-group', input.TagSpecifications)
  return {
    GroupId: groupId,
    SecurityGroupArn: securityGroupArn(scope, groupId),
    Tags: tagList(scope, groupId),
  }
}

function checkedName(given: string | undefined): string {
  if (given === undefined) throw missingParameter('GroupName')
  const name = given.trim()
  if (name.toLowerCase().startsWith('sg-')) {
    throw invalidParameterValue(
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    )
  }
  if (name === '') throw invalidParameterValue('Value () for parameter GroupName is invalid.')
  if (name === 'default') throw invalidParameterValue('Cannot use reserved security group name: default')
  checkText(name, 'security group name', 'names')
  return name
}

/** A new group lets all traffic out; a VPC's default group also all of its own in. Gives its id. */
export function addSecurityGroup(
  scope: Scope,
  group: Pick<SecurityGroup, 'name' | 'description' | 'vpcId'>,
): string {
  const groupId = newId('sg')
  const out = { ruleId: newId('sgr'), isEgress: true, protocol: '-1', cidrIpv4: '0.0.0.0/0' }
  const own = { ruleId: newId('sgr'), isEgress: false, protocol: '-1', referencedGroupId: groupId }
  const rules = group.name === 'default' ? [out, own] : [out]
  scope.state.ec2.securityGroups[groupId] = { ...group, groupId, rules }
  scope.consistency.created(groupId)
  return groupId
}

export function deleteSecurityGroup(
  input: DeleteSecurityGroupRequest,
  scope: Scope,
): DeleteSecurityGroupResult {
  const group = requestedSecurityGroup(scope, input)
  const { groupId, name } = group
  if (name === 'default') {
    throw new AwsError(
      'CannotDelete',
      `the specified group: "${groupId}" name: "default" cannot be deleted by a user`,
    )
  }
  if (isInUse(scope, groupId)) {
    throw new AwsError('DependencyViolation', `resource ${groupId} has a dependent object`)
  }
  removeSecurityGroup(scope, group)
  return { Return: true, GroupId: groupId }
}

export function removeSecurityGroup(scope: Scope, { groupId, rules }: SecurityGroup): void {
  delete scope.state.ec2.securityGroups[groupId]
  for (const id of [groupId, ...rules.map(({ ruleId }) => ruleId)]) forgetTags(scope, id)
}

/** Worn by an instance that is not terminated or by a load balancer, or named by a rule of another group. */
function isInUse({ state: { ec2, elbv2 }, now }: Scope, groupId: string): boolean {
  return (
    Object.values(ec2.instances).some(
      (instance) => instance.securityGroupIds.includes(groupId) && stateOf(instance, now) !== 'terminated',
    ) ||
    Object.values(elbv2.loadBalancers).some(({ securityGroupIds }) => securityGroupIds.includes(groupId)) ||
    Object.values(ec2.securityGroups).some(
      (other) => other.groupId !== groupId && other.rules.some((rule) => rule.referencedGroupId === groupId),
    )
  )
}
