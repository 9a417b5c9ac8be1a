import type { LoadBalancer } from '../groups/node-group.ts'
import type { Group } from '../groups/nodes.ts'
import { ownerOf } from '../ownership.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'
import {
  addMissingSecurityGroups,
  type LaunchCall,
  missingSecurityGroups,
} from '../security-groups/add-missing-security-groups.ts'
import { ownedSecurityGroups } from '../security-groups/owned-security-groups.ts'
import { readSecurityGroups } from '../security-groups/read-security-groups.ts'
import { undeclaredIds } from '../security-groups/undeclared-ids.ts'
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

export interface PlannedSecurityGroups {
  /** A name of nodes.json in place of an id that there is not yet. */
  ids: string[]
  /** Of the plan. */
  lines: string[]
}

/** What `loadBalancerSecurityGroups` would give and do. Changes nothing; throws as that does. */
export async function plannedSecurityGroups(
  call: LaunchCall,
  cloud: Cloud,
  group: Group,
  declared: LoadBalancer,
  vpcId: string,
): Promise<PlannedSecurityGroups> {
  const worn = wearer(group, declared)
  const lines = await missingSecurityGroups(call, cloud, worn, vpcId)
  const existing = await readSecurityGroups(cloud, vpcId)
  const undeclared = undeclaredIds(call.nodes, worn, existing)
  const owned = ownedSecurityGroups(ownerOf(call.nodes.settings, call.environment), existing)
  const names = [...new Set(declared.security_groups)]
  const ids = names.map((name) => undeclared.get(name) ?? owned.get(name)?.id ?? name)
  return { ids: ids.length > 0 ? ids : usualIds(declared, existing), lines }
}

function wearer(group: Group, { security_groups = [] }: LoadBalancer): Group {
  return { ...group, fields: { ...group.fields, security_groups } }
}

function usualIds(declared: LoadBalancer, existing: readonly AwsSecurityGroup[]): string[] {
  if (loadBalancerType(declared) === 'network') return []
  return existing.filter(({ name }) => name === 'default').map(({ id }) => id)
}
