import type { Cloud } from '../ports/cloud/cloud.ts'
import type { GroupInstance, GroupSetting } from '../ports/cloud/scaling-groups.ts'
import { rolloutTags } from './fleet.ts'
import { versionNow, type Rollout } from './rollout.ts'
import type { RolloutStep } from './rollout-step.ts'

/** What would end an instance that is to be looked at (User Guide of Auto Scaling, "Suspend-resume processes"). */
const suspended = ['ReplaceUnhealthy', 'AZRebalance', 'AlarmNotification', 'ScheduledActions'] as const

/** Whoever looks has enough with so many, and AWS is asked for each of them: the others are ended, and those that come in their place stay. */
const mostLetIn = 10

/**
 * Keeps a version, and the instances that are in service: nobody puts it in charge any more, it gets no requests, and Auto Scaling ends none of
 * them, neither for being unhealthy nor for a first Chef run that fails.
 */
export async function keepFailed(
  rollout: Rollout,
  { name, targetGroupArns, hook }: RolloutStep & { do: 'keep-failed' },
): Promise<void> {
  const { cloud, next } = rollout
  if (next?.name === name) next.isKept = true
  const tags = { [rolloutTags.phase]: 'failed', [rolloutTags.frozen]: suspended.join(',') }
  await cloud.tagScalingGroup(name, tags)
  await cloud.suspendProcesses(name, suspended)
  // What goes into service would get requests otherwise. Nobody waits here for what drains: the hook's time may run out meanwhile.
  if (targetGroupArns.length > 0) await cloud.detachTargetGroups(name, targetGroupArns)
  if (hook) await letIn(cloud, name, hook, (await versionNow(rollout, name))?.group.instances ?? [])
}

/**
 * Lets instances go into service whether their first Chef run succeeds or not: an abandoned one is ended, and followed by
 * another. Those that wait are let in before the hook is removed, which would abandon them (API Reference, DeleteLifecycleHook).
 */
async function letIn(
  cloud: Cloud,
  name: string,
  hook: GroupSetting,
  instances: readonly GroupInstance[],
): Promise<void> {
  const waiting = instances.filter(({ lifecycle }) => lifecycle === 'Pending:Wait')
  for (const { id } of waiting.slice(0, mostLetIn)) await cloud.completeLaunch(name, hook.name, id)
  await cloud.removeGroupSetting(name, hook)
}
