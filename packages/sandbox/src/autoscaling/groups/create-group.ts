import { randomUUID } from 'node:crypto'

import type { CreateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { hookFrom } from '../lifecycle-hooks/given-hook.ts'
import { putTags } from '../tags/group-tags.ts'
import { beginWithTargetGroups } from '../target-groups/attach.ts'
import { targetGroupArns } from '../target-groups/operations.ts'
import { required, validationError } from '../validation-error.ts'
import { checkKnownSettings, givenSettings, keptSettings } from './given-settings.ts'
import { checkSizes } from './group-sizes.ts'
import { placesOf } from './group-subnets.ts'
import type { Group } from './group.ts'
import { atTime } from '../instances/transitions.ts'
import { wake } from './known-groups.ts'
import { checkLaunchable, givenLaunchTemplate } from './launch-request.ts'

/** User Guide, "Quotas": Auto Scaling groups per region. */
const mostGroups = 500

/** There is no client token: the name is what makes a second request fail (reported as AlreadyExists). */
export function createAutoScalingGroup(input: CreateAutoScalingGroupType, scope: Scope): undefined {
  const name = required(input.AutoScalingGroupName, 'autoScalingGroupName')
  checkName(name)
  const { groups } = scope.state.autoscaling
  if (Object.hasOwn(groups, name)) throw alreadyExists(name, groups[name])
  if (Object.keys(groups).length >= mostGroups) {
    throw new AwsError(
      'LimitExceeded',
      `You have reached the limit of ${String(mostGroups)} Auto Scaling groups.`,
    )
  }
  checkKnownSettings(input)
  const group = newGroup(name, input, scope)
  putTags(group, input.Tags)
  checkSizes(group)
  const { TargetGroupARNs: arns = [], TrafficSources: sources = [] } = input
  beginWithTargetGroups(group, [...arns, ...targetGroupArns(sources)], scope)
  checkLaunchable(group, scope)
  for (const hook of input.LifecycleHookSpecificationList ?? []) {
    const made = hookFrom(hook, undefined)
    group.lifecycleHooks[made.name] = made
  }
  const change = `a user request created an AutoScalingGroup changing the desired capacity from 0 to ${String(group.desiredCapacity)}.`
  group.causes.push(atTime(scope, change))
  wake(group, scope)
  groups[name] = group
  scope.consistency.created(group.arn)
}

function newGroup(name: string, input: CreateAutoScalingGroupType, scope: Scope): Group {
  const minSize = required(input.MinSize, 'minSize')
  const maxSize = required(input.MaxSize, 'maxSize')
  const { region, accountId, now } = scope
  return {
    name,
    arn: `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:${randomUUID()}:autoScalingGroupName/${name}`,
    createdAt: now,
    minSize,
    maxSize,
    desiredCapacity: input.DesiredCapacity ?? minSize,
    launchTemplate: givenLaunchTemplate(input.LaunchTemplate, scope),
    ...placesOf(input, scope),
    loadBalancerNames: input.LoadBalancerNames ?? [],
    targetGroups: {},
    healthCheckType: 'EC2',
    healthCheckGracePeriod: 0,
    defaultCooldown: 300,
    terminationPolicies: ['Default'],
    protectsNewInstances: false,
    ...givenSettings(input),
    settings: keptSettings(input),
    suspended: {},
    tags: {},
    lifecycleHooks: {},
    policies: {},
    scheduledActions: {},
    instances: {},
    activities: [],
    activitiesMade: 0,
    launchesTried: 0,
    refusals: 0,
    causes: [],
  }
}

function checkName(name: string): void {
  if (name === '' || name.length > 255 || /[:\n]/.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'autoScalingGroupName' failed to satisfy constraint: Member must have length between 1 and 255 and no colon`,
    )
  }
}

function alreadyExists(name: string, group: Group | undefined): AwsError {
  const pending = group?.deletion ? ' and is pending delete' : ''
  return new AwsError(
    'AlreadyExists',
    `AutoScalingGroup by this name already exists - A group with the name ${name} already exists${pending}`,
  )
}
