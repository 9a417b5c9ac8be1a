import type { CloudCall } from '../action.ts'
import type { AwsListener } from '../ports/cloud/load-balancers.ts'
import { readLoadBalancer, type ActualLoadBalancer } from '../load-balancers/read-load-balancer.ts'
import { groupLoadBalancerNames } from './group-load-balancer.ts'
import type { GroupSite } from './prepare-rollout.ts'

/** What exists of a group's load balancer. Throws PackageError: those of the cloud. */
export async function groupLoadBalancer(
  call: Pick<CloudCall, 'files'>,
  { cloud, owner, group }: GroupSite,
): Promise<ActualLoadBalancer> {
  return readLoadBalancer(cloud, await groupLoadBalancerNames(call, owner, group))
}

/** The same, for people; a listener that is to forward elsewhere may do so, or not yet. */
export async function loadBalancerParts(call: CloudCall, site: GroupSite): Promise<string[]> {
  const { loadBalancer, listeners, targetGroups } = await groupLoadBalancer(call, site)
  return [
    ...(loadBalancer ? [`load balancer ${loadBalancer.name} is ${loadBalancer.state}`] : []),
    ...listeners.map((listener) => listenerText(listener, targetGroups)),
    ...targetGroups.map(({ name }) => `target group ${name} exists`),
  ]
}

function listenerText(
  { port, targetGroupArn, idleTargetGroupArns = [] }: AwsListener,
  targetGroups: ActualLoadBalancer['targetGroups'],
): string {
  const nameOf = (arn: string | undefined) => targetGroups.find((each) => each.arn === arn)?.name
  const name = nameOf(targetGroupArn) ?? 'what is not of the group'
  const idle = idleTargetGroupArns.flatMap((arn) => nameOf(arn) ?? [])
  const nothing = idle.length === 0 ? '' : ` and nothing to ${idle.join(' and ')}`
  return `listener ${String(port)} forwards to ${name}${nothing}`
}
