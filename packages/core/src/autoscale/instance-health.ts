import { targetHealthOf } from '../load-balancers/target-health.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { ScalingGroup } from '../ports/cloud/scaling-groups.ts'

/** An instance of a version, and how far it has come. */
export interface InstanceHealth {
  id: string
  zone: string
  lifecycle: string
  templateVersion: string
  /** In words; empty for one that is healthy. */
  waitsFor: string
}

export function isHealthy({ waitsFor }: InstanceHealth): boolean {
  return waitsFor === ''
}

/**
 * How far each instance of a group is: in service, its status checks, its targets' health. EC2 and the load balancer are asked about
 * those in service only.
 */
export async function instanceHealth(
  cloud: Pick<Cloud, 'statusChecks' | 'targetHealth'>,
  group: ScalingGroup,
): Promise<InstanceHealth[]> {
  const { instances, targetGroupArns } = group
  const inService = instances.filter(({ lifecycle }) => lifecycle === 'InService')
  const ids = inService.map(({ id }) => id)
  const [checks, targets] = await Promise.all([
    ids.length === 0 ? new Map<string, string>() : cloud.statusChecks(ids),
    ids.length === 0 ? undefined : targetHealthOf(cloud, targetGroupArns),
  ])
  return instances.map(({ id, zone, lifecycle, isHealthy: healthy, templateVersion = '' }) => ({
    id,
    zone,
    lifecycle,
    templateVersion,
    waitsFor:
      lifecycleText(lifecycle) ??
      serviceText(healthy, checkText(checks.get(id)) ?? (targets ? targetText(targets.get(id)) : '')),
  }))
}

const lifecycles: Readonly<Record<string, string>> = {
  Pending: 'pending',
  'Pending:Wait': 'its first Chef run',
  'Pending:Proceed': 'pending',
  Standby: 'standby',
}

function lifecycleText(lifecycle: string): string | undefined {
  return lifecycle === 'InService' ? undefined : (lifecycles[lifecycle] ?? lifecycle.toLowerCase())
}

/** What its group goes by, where it has found it unhealthy. */
function serviceText(healthy: boolean, text: string): string {
  if (healthy) return text
  return ['found unhealthy by its group', text].filter((part) => part !== '').join(': ')
}

function checkText(check: string | undefined): string | undefined {
  if (check === 'ok') return undefined
  return `status checks: ${check ?? 'not begun'}`
}

function targetText(target: { isHealthy: boolean; text: string } | undefined): string {
  if (target?.isHealthy === true) return ''
  return `load balancer: ${target?.text ?? 'not registered'}`
}
