import type { AccountState, RegionState } from '@package/sandbox/account/account-state'
import type { Group } from '@package/sandbox/autoscaling/groups/group'

import { region } from './rollout-world.ts'

/** What the account says of a group by itself, not through the tool. */
export class FleetOnAws {
  readonly #state: AccountState
  readonly #region: RegionState

  constructor(state: AccountState) {
    this.#state = state
    const known = state.regions[region]
    if (known === undefined) throw new Error('the region is empty')
    this.#region = known
  }

  get groups(): Group[] {
    return Object.values(this.#region.autoscaling.groups)
  }

  /** Instances that serve: in service, running, not impaired, and healthy behind a load balancer where there is one. */
  get serving(): number {
    return this.groups.flatMap((group) =>
      Object.keys(group.instances).filter((id) => this.#serves(group, id)),
    ).length
  }

  /** Instances of the group that run without an autoscale group. */
  get strayInstances(): string[] {
    const kept = new Set(this.groups.flatMap((group) => Object.keys(group.instances)))
    const { instances, tags } = this.#region.ec2
    return Object.values(instances)
      .filter(
        ({ instanceId, ending }) =>
          !ending && !kept.has(instanceId) && tags[instanceId]?.['group'] !== undefined,
      )
      .map(({ instanceId }) => instanceId)
  }

  get templateVersions(): number[] {
    return Object.values(this.#region.ec2.launchTemplates).flatMap(({ versions }) =>
      Object.keys(versions).map(Number),
    )
  }

  get templates(): number {
    return Object.keys(this.#region.ec2.launchTemplates).length
  }

  get loadBalancers(): number {
    return Object.keys(this.#region.elbv2.loadBalancers).length
  }

  get targetGroups(): number {
    return Object.keys(this.#region.elbv2.targetGroups).length
  }

  get alarms(): string[] {
    return Object.keys(this.#region.cloudwatch.alarms)
  }

  #serves(group: Group, id: string): boolean {
    const instance = group.instances[id]
    const machine = this.#region.ec2.instances[id]
    return (
      instance?.state === 'InService' &&
      instance.health === 'Healthy' &&
      machine !== undefined &&
      machine.ending === undefined &&
      machine.isImpaired !== true
    )
  }

  get now(): number {
    return this.#state.clock.ahead
  }
}
