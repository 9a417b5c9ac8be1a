import type { Scope } from '../../operation.ts'
import { forgetTags } from '../tags/tags.ts'
import { targetGroupArns } from './actions.ts'
import type { Listener } from './listener.ts'

export function removeListener({ arn }: Listener, scope: Scope): void {
  delete scope.state.elbv2.listeners[arn]
  forgetTags(scope, arn)
  noteUses(scope)
}

/** Notes for each target group whether a listener sends it requests, and since when. */
export function noteUses({ state, now }: Scope): void {
  const { listeners, targetGroups } = state.elbv2
  const users = new Map<string, string>()
  for (const { actions, loadBalancerArn } of Object.values(listeners)) {
    for (const arn of targetGroupArns(actions)) users.set(arn, loadBalancerArn)
  }
  for (const group of Object.values(targetGroups)) {
    const loadBalancerArn = users.get(group.arn)
    if (loadBalancerArn === undefined) delete group.usedBy
    else group.usedBy ??= { loadBalancerArn, since: now }
  }
}
