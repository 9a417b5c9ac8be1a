import type { CloudCall } from '../action.ts'
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

/** The same, for people. */
export async function loadBalancerParts(call: CloudCall, site: GroupSite): Promise<string[]> {
  const { loadBalancer, targetGroups } = await groupLoadBalancer(call, site)
  return [
    ...(loadBalancer ? [`load balancer ${loadBalancer.name} is ${loadBalancer.state}`] : []),
    ...targetGroups.map(({ name }) => `target group ${name} exists`),
  ]
}
