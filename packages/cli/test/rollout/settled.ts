import { expect } from 'vitest'

import { FleetOnAws } from './fleet-on-aws.ts'
import type { RolloutWorld } from './rollout-world.ts'

export interface Expected {
  digest: string
  min: number
  max: number
  desired: number
  /** Names of ours and of others. */
  policies?: readonly string[]
  scheduledActions?: readonly string[]
  loadBalancers?: number
  hooks?: readonly string[]
}

/** One version serves, the right one, and nothing of any other is left. */
export function expectSettled(world: RolloutWorld, expected: Expected, label: string): void {
  const fleet = new FleetOnAws(world.store.read())
  const { digest, min, max, desired, policies = [], scheduledActions = [] } = expected
  const { loadBalancers = 0, hooks = ['package-converged'] } = expected
  const versions = fleet.groups.map((group) => ({
    phase: group.tags['package:phase']?.value,
    digest: group.tags['package:digest']?.value,
    owner: group.tags['package:owner']?.value,
    frozen: group.tags['package:frozen']?.value,
    suspended: Object.keys(group.suspended),
    sizes: [group.minSize, group.maxSize, group.desiredCapacity],
    policies: Object.keys(group.policies).sort(),
    scheduledActions: Object.keys(group.scheduledActions).sort(),
    hooks: Object.keys(group.lifecycleHooks).sort(),
  }))
  const found = {
    versions,
    serving: fleet.serving,
    strays: fleet.strayInstances,
    templates: fleet.templates,
    balancers: fleet.loadBalancers,
    targetGroups: fleet.targetGroups,
    strayAlarms: fleet.strayAlarms,
    idlePolicies: fleet.idlePolicies,
  }
  expect(found, label).toEqual({
    versions: [
      {
        phase: 'live',
        digest,
        owner: undefined,
        frozen: undefined,
        suspended: [],
        sizes: [min, max, desired],
        policies,
        scheduledActions,
        hooks,
      },
    ],
    serving: desired,
    strays: [],
    templates: 1,
    balancers: loadBalancers,
    targetGroups: loadBalancers,
    strayAlarms: [],
    idlePolicies: [],
  })
  expect(fleet.templateVersions.length, label).toBeLessThanOrEqual(11)
}

/** Nothing of the group is left at all. */
export function expectGone(world: RolloutWorld, label: string): void {
  const fleet = new FleetOnAws(world.store.read())
  const found = {
    groups: fleet.groups.map(({ name }) => name),
    strays: fleet.strayInstances,
    templates: fleet.templates,
    balancers: fleet.loadBalancers,
    targetGroups: fleet.targetGroups,
    alarms: fleet.alarms,
  }
  expect(found, label).toEqual({
    groups: [],
    strays: [],
    templates: 0,
    balancers: 0,
    targetGroups: 0,
    alarms: [],
  })
}

/** The digest of the version that serves. */
export function servingDigest(world: RolloutWorld): string {
  const [group] = new FleetOnAws(world.store.read()).groups
  return group?.tags['package:digest']?.value ?? ''
}
