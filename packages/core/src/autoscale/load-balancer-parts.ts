import type { CloudCall } from '../action.ts'
import { loadBalancerNames } from '../load-balancers/load-balancer-names.ts'
import { readLoadBalancer } from '../load-balancers/read-load-balancer.ts'
import type { GroupSite } from './prepare-rollout.ts'

/** What exists of a group's load balancer, for people. Throws PackageError: those of the cloud. */
export async function loadBalancerParts(
  { files }: CloudCall,
  { cloud, owner, group }: GroupSite,
): Promise<string[]> {
  const names = await loadBalancerNames(owner, group, (text) => files.digest({ texts: [text], paths: [] }))
  const { loadBalancer, targetGroups } = await readLoadBalancer(cloud, names)
  return [
    ...(loadBalancer ? [`load balancer ${loadBalancer.name} is ${loadBalancer.state}`] : []),
    ...targetGroups.map(({ name }) => `target group ${name} exists`),
  ]
}
