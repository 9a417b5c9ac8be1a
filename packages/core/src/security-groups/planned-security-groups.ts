import type { Group } from '../groups/nodes.ts'
import { ownerOf } from '../ownership.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import { missingSecurityGroups, type LaunchCall } from './add-missing-security-groups.ts'
import { ownedSecurityGroups } from './owned-security-groups.ts'
import { readSecurityGroups } from './read-security-groups.ts'
import { undeclaredIds } from './undeclared-ids.ts'

export interface PlannedSecurityGroups {
  /** A name of nodes.json in place of an id that there is not yet. */
  ids: string[]
  /** Of the plan. */
  lines: string[]
}

/** What `addMissingSecurityGroups` would give and do. Changes nothing; throws as that does. */
export async function plannedSecurityGroups(
  call: LaunchCall,
  cloud: Cloud,
  group: Group,
  vpcId: string,
): Promise<PlannedSecurityGroups> {
  const lines = await missingSecurityGroups(call, cloud, group, vpcId)
  const existing = await readSecurityGroups(cloud, vpcId)
  const undeclared = undeclaredIds(call.nodes, group, existing)
  const owned = ownedSecurityGroups(ownerOf(call.nodes.settings, call.environment), existing)
  const names = [...new Set(group.fields.security_groups)]
  return { ids: names.map((name) => undeclared.get(name) ?? owned.get(name)?.id ?? name), lines }
}
