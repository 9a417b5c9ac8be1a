import {
  CreateTargetGroup$,
  DeleteTargetGroup$,
  DescribeTargetGroupAttributes$,
  DescribeTargetGroups$,
  ModifyTargetGroup$,
  ModifyTargetGroupAttributes$,
  type DeleteTargetGroupInput,
  type DescribeTargetGroupAttributesInput,
  type DescribeTargetGroupAttributesOutput,
  type DescribeTargetGroupsInput,
  type DescribeTargetGroupsOutput,
  type ModifyTargetGroupAttributesInput,
  type ModifyTargetGroupAttributesOutput,
  type ModifyTargetGroupInput,
  type ModifyTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import { AwsError } from '../../aws-error.ts'
import { operation, type Scope } from '../../operation.ts'
import { setAttributes, shownAttributes } from '../attributes.ts'
import { checkedArn, loadBalancerOf, noTargetGroups, targetGroupOf } from '../known-resources.ts'
import { resourcePage } from '../resource-pages.ts'
import { forgetTags } from '../tags/tags.ts'
import { keepResults } from '../targets/target-health.ts'
import { required, validationError } from '../validation-error.ts'
import { attributesOf } from './attributes.ts'
import { createTargetGroup } from './create-target-group.ts'
import { healthCheckFrom } from './health-check.ts'
import { shownTargetGroup } from './target-group-answer.ts'

export const targetGroupOperations = [
  operation(CreateTargetGroup$, createTargetGroup),
  operation(DescribeTargetGroups$, describeTargetGroups),
  operation(ModifyTargetGroup$, modifyTargetGroup),
  operation(DeleteTargetGroup$, deleteTargetGroup),
  operation(ModifyTargetGroupAttributes$, modifyTargetGroupAttributes),
  operation(DescribeTargetGroupAttributes$, describeTargetGroupAttributes),
]

/** All of them, those of a load balancer, or those that are named. Throws AwsError when one that is named is not there. */
function describeTargetGroups(input: DescribeTargetGroupsInput, scope: Scope): DescribeTargetGroupsOutput {
  const { TargetGroupArns: arns = [], Names: names = [], LoadBalancerArn: balancerArn } = input
  if ([arns.length > 0, names.length > 0, balancerArn !== undefined].filter(Boolean).length > 1) {
    throw validationError(
      'Target group names, target group ARNs, and a load balancer ARN cannot be specified at the same time',
    )
  }
  for (const arn of arns) checkedArn(arn, 'targetgroup', 'target group')
  if (balancerArn !== undefined) loadBalancerOf(scope, balancerArn)
  const all = Object.values(scope.state.elbv2.targetGroups).filter(({ arn }) => scope.consistency.sees(arn))
  const found = all.filter(({ arn, name, usedBy }) => {
    if (balancerArn !== undefined) return usedBy?.loadBalancerArn === balancerArn
    return arns.length + names.length === 0 || arns.includes(arn) || names.includes(name)
  })
  const isFound = (wanted: string) => found.some(({ arn, name }) => wanted === arn || wanted === name)
  if (![...arns, ...names].every(isFound)) throw noTargetGroups()
  const { items, NextMarker } = resourcePage(found, input)
  return { TargetGroups: items.map(shownTargetGroup), NextMarker }
}

/** What checks have shown by now stays; the next ones are done the new way. */
function modifyTargetGroup(input: ModifyTargetGroupInput, scope: Scope): ModifyTargetGroupOutput {
  const group = targetGroupOf(scope, input.TargetGroupArn)
  const healthCheck = healthCheckFrom(input, group.protocol, group.healthCheck)
  keepResults(scope, group)
  group.healthCheck = healthCheck
  return { TargetGroups: [shownTargetGroup(group)] }
}

/** DeleteTargetGroup documents no refusal for one that is gone: it succeeds. */
function deleteTargetGroup(input: DeleteTargetGroupInput, scope: Scope): object {
  const arn = checkedArn(required(input.TargetGroupArn, 'targetGroupArn'), 'targetgroup', 'target group')
  const { targetGroups } = scope.state.elbv2
  if (targetGroups[arn]?.usedBy) {
    throw new AwsError('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`)
  }
  delete targetGroups[arn]
  forgetTags(scope, arn)
  return {}
}

function modifyTargetGroupAttributes(
  input: ModifyTargetGroupAttributesInput,
  scope: Scope,
): ModifyTargetGroupAttributesOutput {
  const group = targetGroupOf(scope, input.TargetGroupArn)
  setAttributes(group, input.Attributes, attributesOf(group), 'Target group')
  return { Attributes: shownAttributes(group, attributesOf(group)) }
}

function describeTargetGroupAttributes(
  input: DescribeTargetGroupAttributesInput,
  scope: Scope,
): DescribeTargetGroupAttributesOutput {
  const group = targetGroupOf(scope, input.TargetGroupArn)
  return { Attributes: shownAttributes(group, attributesOf(group)) }
}
