import { cloudAction, type CloudCall, planOnly } from '../../action.ts'
import { announceAccount } from '../../announce-account.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { ownerOf } from '../../ownership.ts'
import { carryOutPlan } from '../../security-groups/carry-out-plan.ts'
import { myIpFor } from '../../security-groups/my-ip.ts'
import {
  planSecurityGroups,
  type SecurityGroupPlan,
  type SecurityGroupState,
  type SecurityGroupStep,
} from '../../security-groups/plan-security-groups.ts'
import type { AwsSecurityGroup } from '../../ports/cloud/security-groups.ts'
import { readSecurityGroups } from '../../security-groups/read-security-groups.ts'
import { reportDescriptionDrift } from '../../security-groups/report-drift.ts'
import {
  undeclaredSecurityGroups,
  unwornSecurityGroups,
} from '../../security-groups/unused-security-groups.ts'
import { type UsedSecurityGroups, usedSecurityGroups } from '../../security-groups/used-security-groups.ts'
import { worldOpenRules } from '../../security-groups/world-open-rules.ts'
import { syncedGroups, syncedLines } from './synced-groups.ts'

export const securitySync = cloudAction({
  name: 'security:sync',
  summary: 'Make the security groups that nodes.json declares exist with exactly the declared rules',
  operands: '[group...]',
  options: planOnly,
  examples: [
    ['package security:sync --dry-run', 'how AWS differs from nodes.json'],
    ['package security:sync', 'all security groups that groups wear, in every VPC that uses them'],
    [
      'package security:sync bigchaindb',
      'only what the nodes of one group wear; also after your address changed',
    ],
  ],
  async run(call) {
    const { nodes, operands, clouds, environment, options } = call
    const dryRun = options['dry-run']
    const owner = ownerOf(nodes.settings, environment)
    const places = await usedSecurityGroups(nodes, selectGroups(nodes, operands), clouds)
    for (const region of new Set(places.map((place) => place.region))) {
      await announceAccount(call, clouds.in(region))
    }
    const used = new Set(places.flatMap(({ names }) => names))
    warnOfDeclaration(call, used)
    const myIp = await myIpFor(call, used)
    const planned = []
    for (const place of places) {
      const existing = await readSecurityGroups(clouds.in(place.region), place.vpcId)
      const state = { nodes, owner, names: place.names, myIp, existing }
      const plan = planSecurityGroups(state)
      reportDescriptionDrift(call.report, plan)
      reportUndeclared(call, place, undeclaredSecurityGroups(nodes, owner, existing))
      planned.push({ place, state, plan })
    }
    const groups = []
    for (const { place, state, plan } of planned) {
      groups.push(...syncedGroups(place, dryRun ? allSteps(plan) : await carryOut(call, place, state)))
    }
    return { data: { dry_run: dryRun, security_groups: groups }, lines: syncedLines(groups, dryRun) }
  },
})

async function carryOut(
  { clouds, clock }: CloudCall,
  { region, vpcId }: UsedSecurityGroups,
  state: SecurityGroupState,
): Promise<SecurityGroupStep[]> {
  const { done } = await carryOutPlan({ cloud: clouds.in(region), clock, vpcId }, state, allSteps)
  return done
}

function allSteps({ additions, revocations }: SecurityGroupPlan): SecurityGroupStep[] {
  return [...additions, ...revocations]
}

function warnOfDeclaration({ nodes, operands, report }: CloudCall, used: ReadonlySet<string>): void {
  for (const text of worldOpenRules(nodes, used)) report({ level: 'warning', code: 'WORLD_OPEN', text })
  if (operands.length > 0) return
  for (const name of unwornSecurityGroups(nodes)) {
    const text = `no group wears ${name}: it is not made; name it in security_groups of a group of nodes.json`
    report({ level: 'info', code: 'SECURITY_GROUP_UNWORN', text, data: { security_group: name } })
  }
}

function reportUndeclared(
  { report }: CloudCall,
  { region, vpcId }: UsedSecurityGroups,
  groups: readonly AwsSecurityGroup[],
): void {
  for (const { name, id } of groups) {
    const text = `${name} (${id}) is in AWS but not in nodes.json any more; it is left as it is`
    report({ level: 'info', code: 'SECURITY_GROUP_UNDECLARED', text, data: { region, vpc: vpcId, name, id } })
  }
}
