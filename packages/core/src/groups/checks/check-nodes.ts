import type { Nodes } from '../nodes.ts'
import { originOf } from '../origin.ts'
import type { Finding } from '../problem.ts'
import { checkAutoscale } from './autoscale.ts'
import { checkBlockDevices } from './block-devices.ts'
import { checkDependencies } from './dependencies.ts'
import type { GroupFinding } from './group-finding.ts'
import { checkGroupNames } from './group-names.ts'
import { checkLoadBalancer } from './load-balancer.ts'
import { checkSecurityGroups } from './security-groups.ts'
import { checkServices } from './services.ts'
import { checkZones } from './zones.ts'

const groupChecks: readonly ((fields: Nodes['base']) => GroupFinding[])[] = [
  checkAutoscale,
  checkBlockDevices,
  checkLoadBalancer,
  checkZones,
]

/**
 * What no schema can say: rules between fields, and between groups. Looks at groups as merged, and reports a
 * finding where nodes.json writes the value: in the group, or once in `__base__` for all that inherit it.
 */
export function checkNodes(nodes: Nodes): Finding[] {
  const findings = [
    ...checkGroupNames(nodes),
    ...checkSecurityGroups(nodes),
    ...checkDependencies(nodes),
    ...checkServices(nodes),
  ]
  for (const group of nodes.groups.values()) {
    for (const check of groupChecks) {
      for (const { path, text } of check(group.fields))
        findings.push({ path: originOf(nodes, group, path), text })
    }
  }
  return findings
}
