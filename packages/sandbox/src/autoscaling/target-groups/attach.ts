import { deregister } from '../../elbv2/targets/registration.ts'
import type { Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import { validationError } from '../validation-error.ts'
import type { GroupTargetGroup } from './group-target-group.ts'

/** API Reference, AttachLoadBalancerTargetGroups and DetachLoadBalancerTargetGroups. */
const mostAtOnce = 10

/**
 * Gives a new group its target groups, which are in service at once (API Reference, LoadBalancerTargetGroupState). Throws
 * AwsError for one that does not exist.
 */
export function beginWithTargetGroups(group: Group, arns: readonly string[], scope: Scope): void {
  for (const arn of arns) {
    checkExists(arn, scope)
    group.targetGroups[arn] = { arn, state: 'InService' }
  }
}

/** Those that are attached already stay as they are. Throws AwsError for one that does not exist. */
export function attachTargetGroups(group: Group, arns: readonly string[], scope: Scope): void {
  checkCount(arns)
  for (const arn of arns) {
    checkExists(arn, scope)
    const known = group.targetGroups[arn]
    if (known && known.state !== 'Removing') continue
    group.targetGroups[arn] = { arn, state: 'Adding', until: scope.now + scope.times.groupActivity * 1000 }
  }
}

/** The instances stop being targets; the target group is gone from the group once they have drained. */
export function detachTargetGroups(group: Group, arns: readonly string[], scope: Scope): void {
  checkCount(arns)
  for (const arn of arns) {
    const attached = group.targetGroups[arn]
    if (!attached) {
      throw validationError('Trying to remove Target Groups that are not part of the group')
    }
    const targets = scope.state.elbv2.targetGroups[arn]
    const times = Object.keys(group.instances).map((id) =>
      targets ? deregister(scope, targets, { id, port: targets.port }) : scope.now,
    )
    attached.state = 'Removing'
    attached.until = Math.max(scope.now + scope.times.groupActivity * 1000, ...times)
  }
}

/** The target groups that the group's new instances are to be targets of. */
export function attachedTargetGroups({ targetGroups }: Group): GroupTargetGroup[] {
  return Object.values(targetGroups).filter(({ state }) => state !== 'Removing')
}

function checkCount(arns: readonly string[]): void {
  if (arns.length > mostAtOnce) {
    throw validationError(`You can specify at most ${String(mostAtOnce)} target groups at once.`)
  }
}

function checkExists(arn: string, { state }: Scope): void {
  if (Object.hasOwn(state.elbv2.targetGroups, arn)) return
  throw validationError('Provided Target Groups may not be valid. Please ensure they exist and try again.')
}
