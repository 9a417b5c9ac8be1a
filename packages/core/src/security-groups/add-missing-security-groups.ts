import type { Group, Nodes } from '../groups/nodes.ts'
import { ownerOf } from '../ownership.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Report } from '../ports/report.ts'
import { carryOutPlan } from './carry-out-plan.ts'
import { myIpFor } from './my-ip.ts'
import { planSecurityGroups, type SecurityGroupState } from './plan-security-groups.ts'
import { readSecurityGroups } from './read-security-groups.ts'
import { reportDescriptionDrift, reportSurplus } from './report-drift.ts'
import { stepLines } from './step-lines.ts'
import { withSources } from './used-security-groups.ts'
import { undeclaredIds } from './undeclared-ids.ts'

/** What a launch knows; a call of an action on AWS has it all. */
export interface LaunchCall {
  nodes: Nodes
  environment: string | undefined
  operator: string
  clock: Clock
  report: Report
  myIp(): Promise<string>
  /** Called before anything is made. */
  beforeChange?: () => Promise<void>
}

/**
 * Before a launch: makes the declared security groups that the nodes of a group wear, and those these name as sources, and adds
 * the rules they lack. Nothing is revoked; what a VPC has beyond the declaration is a warning. Gives the ids to wear, in the
 * order of nodes.json. Safe beside another process that does the same.
 * Throws PackageError: config for a name that is neither declared nor in the VPC, conflict for a group of somebody else.
 */
export async function addMissingSecurityGroups(
  call: LaunchCall,
  cloud: Cloud,
  group: Group,
  vpcId: string,
): Promise<string[]> {
  const state = await stateFor(call, cloud, group, vpcId)
  const undeclared = undeclaredIds(call.nodes, group, state.existing)
  const plan = planSecurityGroups(state)
  reportDescriptionDrift(call.report, plan)
  reportSurplus(call.report, plan.revocations)
  const place = { cloud, clock: call.clock, vpcId }
  if (plan.additions.length > 0) await call.beforeChange?.()
  const { done, ids } = await carryOutPlan(place, state, ({ additions }) => additions)
  if (done.length > 0) {
    const text = done.flatMap(stepLines).join('; ')
    const data = { region: cloud.region, vpc: vpcId, steps: done }
    call.report({ level: 'info', code: 'SECURITY_GROUPS', group: group.name, text, data })
  }
  const names = new Set(group.fields.security_groups)
  return [...new Set([...names].flatMap((name) => undeclared.get(name) ?? ids.get(name) ?? []))]
}

/** What `addMissingSecurityGroups` would do, as lines of a plan. Changes nothing; throws as that does. */
export async function missingSecurityGroups(
  call: LaunchCall,
  cloud: Cloud,
  group: Group,
  vpcId: string,
): Promise<string[]> {
  const state = await stateFor(call, cloud, group, vpcId)
  undeclaredIds(call.nodes, group, state.existing)
  return planSecurityGroups(state).additions.flatMap((step) =>
    step.do === 'create-security-group'
      ? stepLines(step)
      : stepLines(step).map((line) => `${step.name}: ${line}`),
  )
}

async function stateFor(
  call: LaunchCall,
  cloud: Cloud,
  group: Group,
  vpcId: string,
): Promise<SecurityGroupState> {
  const { nodes, environment } = call
  const names = withSources(nodes, group.fields.security_groups ?? [])
  const myIp = await myIpFor(call, names)
  const owner = ownerOf(nodes.settings, environment)
  return { nodes, owner, names, myIp, existing: await readSecurityGroups(cloud, vpcId) }
}
