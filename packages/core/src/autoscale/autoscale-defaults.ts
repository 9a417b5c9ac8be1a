import { PackageError } from '../errors.ts'
import type { ScalingPolicy, ScheduledAction } from '../groups/node-group.ts'
import type { Group } from '../groups/nodes.ts'
import type { ScalingGroupSizes, ScalingGroupTimings } from '../ports/cloud/scaling-groups.ts'
import { checkScheduledSizes } from './scheduled-sizes.ts'

/** `autoscale` of a group, with everything that it leaves open. Times are in seconds. */
export interface AutoscaleSettings {
  /** `desired` counts when the group is started; later on the live one does. */
  sizes: ScalingGroupSizes
  timings: ScalingGroupTimings
  /** What every other node has to learn of a new version before the old one goes. */
  timeout: number
  /** What a new version may take to become healthy. */
  healthTimeout: number
  converge: 'hook' | 'none'
  policies: readonly ScalingPolicy[]
  schedule: readonly ScheduledAction[]
}

/**
 * What a group of a valid nodes.json says of its autoscale group. Throws PackageError (config) where it has none, and where a
 * scheduled action has sizes that the group never allows.
 */
export function autoscaleOf({ name, fields }: Group): AutoscaleSettings {
  const { autoscale, load_balancer, iam_instance_profile } = fields
  if (!autoscale) {
    throw new PackageError('config', 'AUTOSCALE_MISSING', `${name} has no autoscale object in nodes.json`, {
      hint: `add "autoscale": {"node_min": 1, "node_max": 2} to ${name}`,
    })
  }
  const { node_min = 1, node_max = node_min, desired = node_min, schedule = [] } = autoscale
  const sizes = { min: node_min, max: node_max, desired }
  checkScheduledSizes(name, sizes, schedule)
  const healthCheck = autoscale.health_check ?? (load_balancer ? 'elb' : 'ec2')
  return {
    sizes,
    timings: {
      healthCheck: healthCheck === 'elb' ? 'ELB' : 'EC2',
      gracePeriod: autoscale.grace_period ?? 300,
      cooldown: autoscale.cooldown ?? 300,
    },
    timeout: autoscale.timeout ?? 0,
    healthTimeout: autoscale.health_timeout ?? 900,
    converge: autoscale.converge ?? (iam_instance_profile === undefined ? 'none' : 'hook'),
    policies: autoscale.policies ?? [],
    schedule,
  }
}
