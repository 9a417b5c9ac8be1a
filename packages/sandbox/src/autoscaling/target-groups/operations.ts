import {
  AttachLoadBalancerTargetGroups$,
  AttachTrafficSources$,
  DescribeLoadBalancerTargetGroups$,
  DescribeTrafficSources$,
  DetachLoadBalancerTargetGroups$,
  DetachTrafficSources$,
  type AttachLoadBalancerTargetGroupsType,
  type AttachTrafficSourcesType,
  type DescribeLoadBalancerTargetGroupsRequest,
  type DescribeLoadBalancerTargetGroupsResponse,
  type DescribeTrafficSourcesRequest,
  type DescribeTrafficSourcesResponse,
  type DetachLoadBalancerTargetGroupsType,
  type DetachTrafficSourcesType,
  type TrafficSourceIdentifier,
} from '@aws-sdk/client-auto-scaling'

import { AwsError } from '../../aws-error.ts'
import { operation, type Scope } from '../../operation.ts'
import { changeableGroup, groupNamed } from '../groups/known-groups.ts'
import { recordPage } from '../record-pages.ts'
import { required } from '../validation-error.ts'
import { attachTargetGroups, detachTargetGroups } from './attach.ts'

export const targetGroupOperations = [
  operation(AttachLoadBalancerTargetGroups$, attachLoadBalancerTargetGroups),
  operation(DetachLoadBalancerTargetGroups$, detachLoadBalancerTargetGroups),
  operation(DescribeLoadBalancerTargetGroups$, describeLoadBalancerTargetGroups),
  operation(AttachTrafficSources$, attachTrafficSources),
  operation(DetachTrafficSources$, detachTrafficSources),
  operation(DescribeTrafficSources$, describeTrafficSources),
]

function attachLoadBalancerTargetGroups(input: AttachLoadBalancerTargetGroupsType, scope: Scope): object {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  attachTargetGroups(group, required(input.TargetGroupARNs, 'targetGroupARNs'), scope)
  return {}
}

function detachLoadBalancerTargetGroups(input: DetachLoadBalancerTargetGroupsType, scope: Scope): object {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  detachTargetGroups(group, required(input.TargetGroupARNs, 'targetGroupARNs'), scope)
  return {}
}

function describeLoadBalancerTargetGroups(
  input: DescribeLoadBalancerTargetGroupsRequest,
  scope: Scope,
): DescribeLoadBalancerTargetGroupsResponse {
  const group = groupNamed(scope, input.AutoScalingGroupName)
  const { items, NextToken } = recordPage(Object.values(group.targetGroups), input, { usual: 100 })
  return {
    LoadBalancerTargetGroups: items.map(({ arn, state }) => ({
      LoadBalancerTargetGroupARN: arn,
      State: state,
    })),
    NextToken,
  }
}

function attachTrafficSources(input: AttachTrafficSourcesType, scope: Scope): object {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  attachTargetGroups(group, targetGroupArns(required(input.TrafficSources, 'trafficSources')), scope)
  return {}
}

function detachTrafficSources(input: DetachTrafficSourcesType, scope: Scope): object {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  detachTargetGroups(group, targetGroupArns(required(input.TrafficSources, 'trafficSources')), scope)
  return {}
}

/** Of the types of traffic sources there are only target groups. */
function describeTrafficSources(
  input: DescribeTrafficSourcesRequest,
  scope: Scope,
): DescribeTrafficSourcesResponse {
  const group = groupNamed(scope, input.AutoScalingGroupName)
  const isWanted = (input.TrafficSourceType ?? 'elbv2') === 'elbv2'
  const found = isWanted ? Object.values(group.targetGroups) : []
  const { items, NextToken } = recordPage(found, input)
  return {
    TrafficSources: items.map(({ arn, state }) => ({
      TrafficSource: arn,
      Identifier: arn,
      Type: 'elbv2',
      State: state,
    })),
    NextToken,
  }
}

/** The target groups among the traffic sources that a request names. Throws AwsError for others, which the sandbox has not. */
export function targetGroupArns(sources: readonly TrafficSourceIdentifier[]): string[] {
  return sources.map(({ Identifier, Type: type = 'elbv2' }) => {
    if (type === 'elbv2') return required(Identifier, 'trafficSources.member.identifier')
    throw new AwsError('UnsupportedOperation', `The sandbox has no traffic sources of type ${type}.`)
  })
}
