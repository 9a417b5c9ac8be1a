import type { NodeGroup, ScalingPolicy, ScheduledAction } from '../node-group.ts'
import type { Path } from '../problem.ts'
import type { GroupFinding } from './group-finding.ts'
import { checkSchedule } from './schedule.ts'

/** The rules of Auto Scaling: sizes in order, and policies and health checks that have what they measure. */
export function checkAutoscale(fields: NodeGroup): GroupFinding[] {
  const { autoscale, count } = fields
  if (!autoscale) return []
  const findings = [
    ...sizeFindings(autoscale, ['autoscale']),
    ...(autoscale.policies ?? []).flatMap((policy, index) => policyFindings(fields, policy, index)),
    ...repeatedPolicies(autoscale.policies ?? []),
    ...(autoscale.schedule ?? []).flatMap((action, index) => scheduleFindings(action, index)),
  ]
  if (count !== undefined) {
    findings.push({
      path: ['count'],
      text: '"count" and an autoscale object exclude each other; use node_min and node_max',
    })
  }
  if (autoscale.node_min === undefined || autoscale.node_max === undefined) {
    findings.push({ path: ['autoscale'], text: 'needs "node_min" and "node_max"' })
  }
  if (autoscale.health_check === 'elb' && !fields.load_balancer) {
    findings.push({ path: ['autoscale', 'health_check'], text: '"elb" needs a load_balancer' })
  }
  if (autoscale.converge === 'hook' && fields.iam_instance_profile === undefined) {
    const text = '"hook" needs an iam_instance_profile: a node without one cannot complete its launch hook'
    findings.push({ path: ['autoscale', 'converge'], text })
  }
  return findings
}

function sizeFindings({ node_min, node_max, desired }: Partial<ScheduledAction>, path: Path): GroupFinding[] {
  const findings: GroupFinding[] = []
  const add = (key: string, text: string) => findings.push({ path: [...path, key], text })
  if (node_min !== undefined && node_max !== undefined && node_min > node_max) {
    add('node_min', `node_min (${String(node_min)}) is above node_max (${String(node_max)})`)
  }
  if (desired !== undefined && node_min !== undefined && desired < node_min) {
    add('desired', `desired (${String(desired)}) is below node_min (${String(node_min)})`)
  }
  if (desired !== undefined && node_max !== undefined && desired > node_max) {
    add('desired', `desired (${String(desired)}) is above node_max (${String(node_max)})`)
  }
  return findings
}

function policyFindings(fields: NodeGroup, policy: ScalingPolicy, index: number): GroupFinding[] {
  const path = ['autoscale', 'policies', index]
  const findings: GroupFinding[] = []
  if (policy.metric === 'requests_per_target' && !hasHttpListener(fields)) {
    findings.push({
      path: [...path, 'metric'],
      text: '"requests_per_target" needs a load_balancer for http or https',
    })
  }
  for (const [at, { from, to }] of (policy.type === 'step' ? policy.steps : []).entries()) {
    if (from !== undefined && to !== undefined && from >= to) {
      findings.push({
        path: [...path, 'steps', at],
        text: `"from" (${String(from)}) must be below "to" (${String(to)})`,
      })
    }
  }
  return findings
}

function hasHttpListener({ load_balancer }: NodeGroup): boolean {
  return load_balancer ? (load_balancer.listeners ?? []).some(({ protocol }) => protocol !== 'tcp') : false
}

function repeatedPolicies(policies: readonly ScalingPolicy[]): GroupFinding[] {
  const names = policies.map(({ name }) => name)
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: ['autoscale', 'policies', index, 'name'], text: `the policy "${name}" is there twice` }],
  )
}

function scheduleFindings(action: ScheduledAction, index: number): GroupFinding[] {
  const path = ['autoscale', 'schedule', index]
  return [...sizeFindings(action, path), ...checkSchedule(action, path)]
}
