import type { NodeGroup } from '../node-group.ts'
import type { Nodes } from '../nodes.ts'
import { originOf } from '../origin.ts'
import type { Finding } from '../problem.ts'
import type { ValidPart } from '../valid-part.ts'
import { checkAutoscale } from './autoscale.ts'
import { checkBlockDevices } from './block-devices.ts'
import { checkDependencies } from './dependencies.ts'
import type { GroupFinding } from './group-finding.ts'
import { checkGroupNames } from './group-names.ts'
import { checkLoadBalancer } from './load-balancer.ts'
import { checkSecurityGroups } from './security-groups.ts'
import { checkServices } from './services.ts'
import { checkZones } from './zones.ts'

/** Rules inside one group, with the fields that they read. */
const groupChecks: readonly {
  reads: readonly (keyof NodeGroup)[]
  check: (fields: NodeGroup) => GroupFinding[]
}[] = [
  { reads: ['autoscale', 'count', 'iam_instance_profile', 'load_balancer'], check: checkAutoscale },
  { reads: ['block_devices'], check: checkBlockDevices },
  { reads: ['dns', 'load_balancer'], check: checkLoadBalancer },
  { reads: ['region', 'zones'], check: checkZones },
]

/**
 * What no schema can say: rules between fields, and between groups. Looks at groups as merged, and reports a
 * finding where nodes.json writes the value: in the group, or once in `__base__` for all that inherit it.
 * A rule that reads a doubtful field says nothing, so that one mistake is never shown as two.
 */
export function checkNodes(nodes: Nodes, isDoubtful: ValidPart['isDoubtful']): Finding[] {
  const findings = [
    ...checkGroupNames(nodes),
    ...(isDoubtful('__settings__', 'sources') ? [] : checkSecurityGroups(nodes)),
    ...checkDependencies(nodes),
    ...checkServices(nodes, isDoubtful),
  ]
  for (const group of nodes.groups.values()) {
    for (const { reads, check } of groupChecks) {
      if (reads.some((field) => isDoubtful(group.name, field))) continue
      for (const { path, text } of check(group.fields)) {
        findings.push({ path: originOf(nodes, group, path), text })
      }
    }
  }
  return findings
}
