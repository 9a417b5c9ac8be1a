import {
  DeregisterTargets$,
  DescribeTargetHealth$,
  RegisterTargets$,
  type DeregisterTargetsInput,
  type DescribeTargetHealthInput,
  type DescribeTargetHealthOutput,
  type RegisterTargetsInput,
  type TargetDescription,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import { AwsError } from '../../aws-error.ts'
import { stateOf } from '../../ec2/instances/instance-states.ts'
import { operation, type Scope } from '../../operation.ts'
import { targetGroupOf } from '../known-resources.ts'
import { checkBounds } from '../target-groups/health-check.ts'
import type { TargetGroup } from '../target-groups/target-group.ts'
import { required, validationError } from '../validation-error.ts'
import { deregister, register } from './registration.ts'
import { healthOf, presentTargets } from './target-health.ts'
import { targetKey, type Target } from './target.ts'

export const targetOperations = [
  operation(RegisterTargets$, registerTargets),
  operation(DeregisterTargets$, deregisterTargets),
  operation(DescribeTargetHealth$, describeTargetHealth),
]

/** User Guide, "Quotas": targets per load balancer, and so of a target group. */
const mostTargets = 1000

function registerTargets(input: RegisterTargetsInput, scope: Scope): object {
  const group = targetGroupOf(scope, input.TargetGroupArn)
  const targets = givenTargets(group, input.Targets)
  for (const { id } of targets) checkTarget(scope, group, id)
  for (const target of targets) register(scope, group, target)
  if (Object.keys(group.targets).length > mostTargets) {
    throw new AwsError('TooManyTargets', `A target group has at most ${String(mostTargets)} targets`)
  }
  return {}
}

/** "If the specified target does not exist, the action returns successfully" (API Reference, DeregisterTargets). */
function deregisterTargets(input: DeregisterTargetsInput, scope: Scope): object {
  const group = targetGroupOf(scope, input.TargetGroupArn)
  for (const target of givenTargets(group, input.Targets)) deregister(scope, group, target)
  return {}
}

/** Of all targets, or of those that are asked for, which need not be registered. */
function describeTargetHealth(input: DescribeTargetHealthInput, scope: Scope): DescribeTargetHealthOutput {
  const group = targetGroupOf(scope, input.TargetGroupArn)
  const present = presentTargets(scope, group)
  if (!input.Targets || input.Targets.length === 0) {
    return { TargetHealthDescriptions: present.map((target) => shown(scope, group, target)) }
  }
  const byKey = new Map(present.map((target) => [targetKey(target), target]))
  return {
    TargetHealthDescriptions: givenTargets(group, input.Targets).map((wanted) => {
      const target = byKey.get(targetKey(wanted))
      if (target) return shown(scope, group, target)
      if (group.targetType === 'instance' && !Object.hasOwn(scope.state.ec2.instances, wanted.id)) {
        throw unknownInstance(wanted.id)
      }
      return {
        ...shownTarget(group, wanted),
        TargetHealth: {
          State: 'unused',
          Reason: 'Target.NotRegistered',
          Description: 'Target is not registered to the target group',
        },
      }
    }),
  }
}

function shown(scope: Scope, group: TargetGroup, target: Target): TargetHealthDescription {
  return { ...shownTarget(group, target), TargetHealth: healthOf(scope, group, target) }
}

function shownTarget(
  { healthCheck }: TargetGroup,
  { id, port }: Pick<Target, 'id' | 'port'>,
): TargetHealthDescription {
  return {
    Target: { Id: id, Port: port },
    HealthCheckPort: healthCheck.port === 'traffic-port' ? String(port) : healthCheck.port,
  }
}

function givenTargets(
  group: TargetGroup,
  given: readonly TargetDescription[] | undefined,
): Pick<Target, 'id' | 'port'>[] {
  return required(given, 'targets').map(({ Id, Port: port = group.port }) => {
    checkBounds('targets.member.port', port, 1, 65_535)
    return { id: required(Id, 'targets.member.id'), port }
  })
}

/** Instances must run, in the VPC of the group; addresses must be ones of IPv4. Throws AwsError. */
function checkTarget(scope: Scope, group: TargetGroup, id: string): void {
  if (group.targetType === 'ip') {
    if (/^\d{1,3}(\.\d{1,3}){3}$/.test(id)) return
    throw validationError(`The IP address '${id}' is not a valid IPv4 address`)
  }
  const { instances } = scope.state.ec2
  const instance = Object.hasOwn(instances, id) ? instances[id] : undefined
  if (!instance) throw unknownInstance(id)
  if (instance.vpcId !== group.vpcId) {
    throw invalidTarget(`The following targets are not in the target group VPC '${group.vpcId}': '${id}'`)
  }
  if (stateOf(instance, scope.now) !== 'running') {
    throw invalidTarget(`The following targets are not in a running state and cannot be registered: '${id}'`)
  }
}

function unknownInstance(id: string): AwsError {
  return invalidTarget(`Instance ID '${id}' is not valid`)
}

function invalidTarget(message: string): AwsError {
  return new AwsError('InvalidTarget', message)
}
