import { exitCodeOf } from '@package/core/errors'
import type { LoadBalancer } from '@package/core/groups/node-group'
import type { AccountState } from '@package/sandbox/account/account-state'
import type { Group } from '@package/sandbox/autoscaling/groups/group'
import { expect } from 'vitest'

import { nodesText } from '../project.ts'
import { FleetOnAws } from './fleet-on-aws.ts'
import { RolloutWorld, webNodes, type RunEnd, type RunOptions } from './rollout-world.ts'
import { expectSettled, servingDigest, type Expected } from './settled.ts'

/** A load balancer whose checks need twenty seconds. */
export const balanced: { load_balancer: LoadBalancer } = {
  load_balancer: {
    listeners: [{ port: 80, protocol: 'http', target_port: 8080 }],
    health_check: { interval: 10, timeout: 5, healthy: 2, unhealthy: 2 },
    drain: 30,
  },
}

/** A policy of nodes.json that has an alarm of its own. */
export const busy = {
  name: 'busy',
  type: 'step',
  metric: 'cpu',
  comparison: '>',
  threshold: 80,
  steps: [{ from: 0, change: 1 }],
}

/** An account in which one version of `web` serves, and what is declared since takes another. */
export async function webToUpdate(web: object = {}, next: object = {}): Promise<RolloutWorld> {
  const world = new RolloutWorld()
  const nodes = webNodes(web)
  await world.declare(nodes)
  const made = served.get(nodesText(nodes))
  if (made) world.restore(made)
  else served.set(nodesText(nodes), await serve(world))
  await world.declare(webNodes({ ...web, instance_type: 't3.small', ...next }))
  return world
}

/** Accounts in which one version serves, by nodes.json: each is made once, for all tests. */
const served = new Map<string, AccountState>()

async function serve(world: RolloutWorld): Promise<AccountState> {
  await world.addImage()
  const ran = await world.run('autoscale:run')
  expect(ran.error?.message).toBeUndefined()
  // Until the targets of a load balancer that has just been made are healthy.
  await world.pass(300)
  return world.store.snapshot()
}

export interface Tried extends RunEnd {
  exit: number
  /** What the user reads of a failure: message, hint, warnings. */
  text: string
  /** Healthy instances at the worst second of it. */
  least: number
}

/** Runs an action on `web`, and looks at it each second of it. */
export async function tryAction(
  world: RolloutWorld,
  action: string,
  { options = {}, ...how }: RunOptions & { options?: Record<string, string | boolean> } = {},
): Promise<Tried> {
  let least = Infinity
  const watch = () => {
    least = Math.min(least, fleetOf(world).serving)
  }
  watch()
  const end = await world.run(action, options, { ...how, watch })
  const { error, outcome } = end
  const warnings = end.events.filter(({ level }) => level === 'warning').map(({ text }) => text)
  const text = [error?.message, error?.hint, ...warnings].join('\n')
  return { ...end, text, least, exit: error ? exitCodeOf[error.kind] : (outcome?.exit ?? 0) }
}

export function tryUpdate(world: RolloutWorld, how: Parameters<typeof tryAction>[2] = {}): Promise<Tried> {
  return tryAction(world, 'autoscale:update', how)
}

export function fleetOf(world: RolloutWorld): FleetOnAws {
  return new FleetOnAws(world.store.read())
}

/** The only autoscale group. */
export function onlyGroup(world: RolloutWorld): Group {
  const [group, ...others] = fleetOf(world).groups
  if (group === undefined || others.length > 0) throw new Error('there is not one autoscale group')
  return group
}

/** Everything of the account that a failed update must leave as it was. */
export function standing(world: RolloutWorld): object {
  const fleet = fleetOf(world)
  return {
    groups: fleet.groups.map((group) => ({
      name: group.name,
      sizes: [group.minSize, group.maxSize, group.desiredCapacity],
      instances: Object.values(group.instances).map(({ instanceId, state, health }) => [
        instanceId,
        state,
        health,
      ]),
      suspended: Object.keys(group.suspended),
      tags: group.tags,
      targetGroups: Object.keys(group.targetGroups),
      policies: Object.keys(group.policies),
      scheduledActions: Object.keys(group.scheduledActions),
      hooks: Object.keys(group.lifecycleHooks),
    })),
    serving: fleet.serving,
    strays: fleet.strayInstances,
    templateVersions: fleet.templateVersions,
    targetGroups: fleet.targetGroups,
    loadBalancers: fleet.loadBalancers,
    alarms: fleet.alarms,
  }
}

/** Another version than that of `digest` is in charge, and nothing of that one is left. */
export function expectReplaced(
  world: RolloutWorld,
  digest: string,
  expected: Partial<Expected> = {},
  label = '',
): void {
  const now = servingDigest(world)
  expect(now, label).not.toBe(digest)
  expectSettled(world, { min: 2, max: 4, desired: 2, digest: now, ...expected }, label)
}

/** Numbers of launches, from that one on; an account counts those of image, first version and so on. */
export function launchesFrom(first: number): number[] {
  return Array.from({ length: 60 }, (_, index) => first + index)
}

/** The first launch after those there were. */
export function nextLaunch(world: RolloutWorld): number {
  return fleetOf(world).launches + 1
}
