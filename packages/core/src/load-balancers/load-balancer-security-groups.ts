import type { LoadBalancer } from '../groups/node-group.ts'
import type { Group } from '../groups/nodes.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'
import { addMissingSecurityGroups, type LaunchCall } from '../security-groups/add-missing-security-groups.ts'
import {
  plannedSecurityGroups,
  type PlannedSecurityGroups,
} from '../security-groups/planned-security-groups.ts'
import { readSecurityGroups } from '../security-groups/read-security-groups.ts'
import { loadBalancerType } from './wanted-load-balancer.ts'

/**
 * The ids of what a group's load balancer wears, once it is made as far as it was missing; an application load balancer that names
 * nothing wears the VPC's default security group, as AWS has it. Throws as addMissingSecurityGroups does.
 */
export async function loadBalancerSecurityGroups(
  call: LaunchCall,
  cloud: Cloud,
  group: Group,
  declared: LoadBalancer,
  vpcId: string,
): Promise<string[]> {
  const ids = await addMissingSecurityGroups(call, cloud, wearer(group, declared), vpcId)
  return ids.length > 0 ? ids : usualIds(declared, await readSecurityGroups(cloud, vpcId))
}

/** What `loadBalancerSecurityGroups` would give and do. Changes nothing; throws as that does. */
export async function plannedLoadBalancerSecurityGroups(
  call: LaunchCall,
  cloud: Cloud,
  group: Group,
  declared: LoadBalancer,
  vpcId: string,
): Promise<PlannedSecurityGroups> {
  const { ids, lines } = await plannedSecurityGroups(call, cloud, wearer(group, declared), vpcId)
  return { ids: ids.length > 0 ? ids : usualIds(declared, await readSecurityGroups(cloud, vpcId)), lines }
}

function wearer(group: Group, { security_groups = [] }: LoadBalancer): Group {
  return { ...group, fields: { ...group.fields, security_groups } }
}

function usualIds(declared: LoadBalancer, existing: readonly AwsSecurityGroup[]): string[] {
  if (loadBalancerType(declared) === 'network') return []
  return existing.filter(({ name }) => name === 'default').map(({ id }) => id)
}
