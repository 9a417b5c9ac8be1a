import { randomUUID } from 'node:crypto'

import {
  DeletePolicy$,
  DescribePolicies$,
  PutScalingPolicy$,
  type Alarm,
  type DeletePolicyType,
  type DescribePoliciesType,
  type PoliciesType,
  type PolicyARNType,
  type PutScalingPolicyType,
  type ScalingPolicy as ShownPolicy,
} from '@aws-sdk/client-auto-scaling'

import { operation, type Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import { changeableGroup, groupNamed } from '../groups/known-groups.ts'
import { recordPage } from '../record-pages.ts'
import { required, validationError } from '../validation-error.ts'
import type { ScalingPolicy } from './scaling-policy.ts'
import { putTrackingAlarms, removeTrackingAlarms } from './tracking-alarms.ts'

export const policyOperations = [
  operation(PutScalingPolicy$, putScalingPolicy),
  operation(DescribePolicies$, describePolicies),
  operation(DeletePolicy$, deletePolicy),
]

const types = new Set(['SimpleScaling', 'StepScaling', 'TargetTrackingScaling', 'PredictiveScaling'])

/** One of this name is replaced, and keeps its ARN. */
function putScalingPolicy(input: PutScalingPolicyType, scope: Scope): PolicyARNType {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const name = required(input.PolicyName, 'policyName')
  const { AutoScalingGroupName: _group, PolicyName: _name, ...settings } = input
  const type = settings.PolicyType ?? 'SimpleScaling'
  checkPolicy(type, input)
  const before = group.policies[name]
  const arn =
    before?.arn ??
    `arn:aws:autoscaling:${scope.region}:${scope.accountId}:scalingPolicy:${randomUUID()}:autoScalingGroupName/${group.name}:policyName/${name}`
  const policy = { name, arn, alarms: before?.alarms ?? [], settings: { ...settings, PolicyType: type } }
  group.policies[name] = { ...policy, alarms: putTrackingAlarms(group, policy, scope) }
  return { PolicyARN: arn, Alarms: group.policies[name].alarms }
}

function checkPolicy(type: string, input: PutScalingPolicyType): void {
  if (!types.has(type)) throw validationError(`Invalid PolicyType: ${type}`)
  if (type === 'TargetTrackingScaling') {
    if (input.TargetTrackingConfiguration === undefined) {
      throw validationError(
        'TargetTrackingConfiguration must be specified for policy type TargetTrackingScaling',
      )
    }
    return
  }
  if (type === 'PredictiveScaling') return
  if (input.AdjustmentType === undefined) {
    throw validationError('You must specify an AdjustmentType for policy.')
  }
  if (type === 'SimpleScaling' && input.ScalingAdjustment === undefined) {
    throw validationError('You must specify a ScalingAdjustment for policy type SimpleScaling')
  }
  if (type === 'StepScaling' && (input.StepAdjustments ?? []).length === 0) {
    throw validationError('You must specify at least one StepAdjustment for policy type StepScaling')
  }
}

function describePolicies(input: DescribePoliciesType, scope: Scope): PoliciesType {
  const { AutoScalingGroupName: name, PolicyNames: wanted = [], PolicyTypes: wantedTypes = [] } = input
  const groups =
    name === undefined ? Object.values(scope.state.autoscaling.groups) : [groupNamed(scope, name)]
  const found = groups.flatMap((group) =>
    Object.values(group.policies)
      .filter((policy) => wanted.length === 0 || wanted.includes(policy.name) || wanted.includes(policy.arn))
      .filter(({ settings }) => wantedTypes.length === 0 || wantedTypes.includes(settings.PolicyType ?? ''))
      .map((policy) => shownPolicy(group, policy, scope)),
  )
  const { items, NextToken } = recordPage(found, input)
  return { ScalingPolicies: items, NextToken }
}

function shownPolicy(group: Group, { name, arn, settings }: ScalingPolicy, scope: Scope): ShownPolicy {
  return {
    Enabled: true,
    ...settings,
    AutoScalingGroupName: group.name,
    PolicyName: name,
    PolicyARN: arn,
    Alarms: alarmsOf(arn, scope),
    StepAdjustments: settings.StepAdjustments ?? [],
  }
}

/** Those that run it, be they its own or somebody's. */
function alarmsOf(policyArn: string, { state }: Scope): Alarm[] {
  return Object.values(state.cloudwatch.alarms)
    .filter(({ settings }) => settings.AlarmActions?.includes(policyArn))
    .map(({ name, arn }) => ({ AlarmName: name, AlarmARN: arn }))
}

function deletePolicy(input: DeletePolicyType, scope: Scope): undefined {
  const wanted = required(input.PolicyName, 'policyName')
  const { AutoScalingGroupName: name } = input
  const groups =
    name === undefined ? Object.values(scope.state.autoscaling.groups) : [groupNamed(scope, name)]
  for (const group of groups) {
    const policy = Object.values(group.policies).find((each) => each.name === wanted || each.arn === wanted)
    if (!policy || (name === undefined && policy.arn !== wanted)) continue
    removeTrackingAlarms(policy, scope)
    delete group.policies[policy.name]
    return
  }
  throw validationError(`Scaling policy name not found - ${wanted}`)
}
