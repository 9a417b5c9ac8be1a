import { deregister, register } from '../../elbv2/targets/registration.ts'
import type { Scope } from '../../operation.ts'
import { isSuspended } from '../catch-up/due-time.ts'
import type { Group } from '../groups/group.ts'
import type { GroupInstance } from '../instances/group-instance.ts'
import type { GroupTargetGroup } from './group-target-group.ts'

/** An instance that is in service is a target from now on, in the target groups that have been added. */
export function joinTargetGroups(group: Group, instance: GroupInstance, scope: Scope): void {
  for (const attached of Object.values(group.targetGroups)) {
    if (attached.state === 'Added' || attached.state === 'InService') join(group, attached, instance, scope)
  }
}

/** An instance that leaves service is no target any more; gives when it has drained. */
export function leaveTargetGroups(group: Group, { instanceId }: GroupInstance, scope: Scope): number {
  const times = Object.keys(group.targetGroups).map((arn) => {
    const targets = scope.state.elbv2.targetGroups[arn]
    return targets ? deregister(scope, targets, { id: instanceId, port: targets.port }) : scope.now
  })
  return Math.max(scope.now, ...times)
}

/** Adding, removing or being added is over. */
export function goOnWith(group: Group, attached: GroupTargetGroup, scope: Scope): void {
  switch (attached.state) {
    case 'Adding':
      for (const instance of Object.values(group.instances)) {
        if (instance.state === 'InService') join(group, attached, instance, scope)
      }
      attached.state = 'Added'
      delete attached.until
      return
    case 'Added':
      attached.state = 'InService'
      return
    default:
      delete group.targetGroups[attached.arn]
  }
}

/** User Guide, "Suspend and resume processes": what launches while AddToLoadBalancer is suspended is not added later either. */
function join(group: Group, { arn }: GroupTargetGroup, { instanceId }: GroupInstance, scope: Scope): void {
  const targets = scope.state.elbv2.targetGroups[arn]
  if (!targets || isSuspended(group, 'AddToLoadBalancer')) return
  register(scope, targets, { id: instanceId, port: targets.port })
}
