import type { JsonObject } from '../groups/json.ts'
import type { ScheduledAction } from '../groups/node-group.ts'
import { ownedName, type Owner } from '../ownership.ts'
import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import type { AutoscaleSettings } from './autoscale-defaults.ts'
import { policyDefinition, type TrafficArns } from './policy-definition.ts'

/** The name of the launch hook that a node completes itself. */
export const convergedHook = 'package-converged'

/** Seconds; it is at least 30 (API Reference, PutLifecycleHook). A node that needs more sends heartbeats. */
export const longestHookTimeout = 7200

/** What the name of a policy or a scheduled action of ours begins with. */
export const settingPrefix = 'package/'

/** What the names of the alarms of a group's step policies begin with; the name of the policy follows. */
export function alarmPrefix({ owner, group }: Pick<SettingsPlace, 'owner' | 'group'>): string {
  return `${ownedName(owner, group)}/`
}

/** Whose settings they are. */
export interface SettingsPlace {
  owner: Owner
  group: string
  /** What a policy on requests counts; undefined while there is no load balancer yet. */
  traffic: TrafficArns | undefined
}

/**
 * Everything that nodes.json has a group do by itself: the launch hook, policies, scheduled actions. The alarm of a step policy
 * is named after the group, not after its version: the policy of the next version takes it over.
 */
export function declaredSettings(
  { converge, healthTimeout, policies, schedule, timings }: AutoscaleSettings,
  { owner, group, traffic }: SettingsPlace,
): GroupSetting[] {
  return [
    ...(converge === 'hook' ? [launchHook(healthTimeout)] : []),
    ...policies.map((policy) => ({
      kind: 'policy' as const,
      name: `${settingPrefix}${policy.name}`,
      definition: policyDefinition(policy, {
        alarmName: `${alarmPrefix({ owner, group })}${policy.name}`,
        warmUp: timings.gracePeriod,
        traffic,
      }),
    })),
    ...schedule.map((action, index) => ({
      kind: 'schedule' as const,
      name: `${settingPrefix}schedule-${String(index + 1)}`,
      definition: scheduleDefinition(action),
    })),
  ]
}

function launchHook(healthTimeout: number): GroupSetting {
  return {
    kind: 'hook',
    name: convergedHook,
    definition: {
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      HeartbeatTimeout: Math.min(Math.max(healthTimeout, 30), longestHookTimeout),
      DefaultResult: 'ABANDON',
    },
  }
}

function scheduleDefinition({ cron, time_zone, node_min, node_max, desired }: ScheduledAction): JsonObject {
  return {
    Recurrence: cron,
    // API Reference, PutScheduledUpdateGroupAction: UTC is the default.
    TimeZone: time_zone ?? 'Etc/UTC',
    ...(node_min !== undefined && { MinSize: node_min }),
    ...(node_max !== undefined && { MaxSize: node_max }),
    ...(desired !== undefined && { DesiredCapacity: desired }),
  }
}
