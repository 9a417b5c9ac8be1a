import type { CloudCall } from '../action.ts'
import { loadBalancerNames } from '../load-balancers/load-balancer-names.ts'
import { readLoadBalancer, type ActualLoadBalancer } from '../load-balancers/read-load-balancer.ts'
import type { GroupSite } from './prepare-rollout.ts'

/** What exists of a group's load balancer. Throws PackageError: those of the cloud. */
export async function groupLoadBalancer(
  { files }: Pick<CloudCall, 'files'>,
  { cloud, owner, group }: GroupSite,
): Promise<ActualLoadBalancer> {
  const names = await loadBalancerNames(owner, group, (text) => files.digest({ texts: [text], paths: [] }))
  return readLoadBalancer(cloud, names)
}

/** The same, for people. */
export async function loadBalancerParts(call: CloudCall, site: GroupSite): Promise<string[]> {
  const { loadBalancer, targetGroups } = await groupLoadBalancer(call, site)
  return [
    ...(loadBalancer ? [`load balancer ${loadBalancer.name} is ${loadBalancer.state}`] : []),
    ...targetGroups.map(({ name }) => `target group ${name} exists`),
  ]
}
