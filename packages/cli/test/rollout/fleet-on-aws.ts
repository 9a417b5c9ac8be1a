import { timeOf } from '@package/sandbox/account/account-clock'
import type { AccountState, RegionState } from '@package/sandbox/account/account-state'
import type { Group } from '@package/sandbox/autoscaling/groups/group'
import type { TargetGroup } from '@package/sandbox/elbv2/target-groups/target-group'
import { healthOf } from '@package/sandbox/elbv2/targets/target-health'

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
    return this.groups.reduce((sum, group) => sum + this.#servingOf(group), 0)
  }

  /** The same of one autoscale group. */
  servingOf(name: string): number {
    const group = this.groups.find((each) => each.name === name)
    return group ? this.#servingOf(group) : 0
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

  /** How many instances EC2 has launched or refused to. */
  get launches(): number {
    return this.#region.ec2.launches
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

  /** Alarms that act on a policy that does not exist, or on nothing. */
  get strayAlarms(): string[] {
    const policies = new Set(
      this.groups.flatMap((group) => Object.values(group.policies).map(({ arn }) => arn)),
    )
    return Object.values(this.#region.cloudwatch.alarms)
      .filter(({ settings: { AlarmActions: actions = [] } }) => {
        return actions.length === 0 || actions.some((arn) => !policies.has(arn))
      })
      .map(({ name }) => name)
  }

  /** Policies of ours that no alarm ever lets act. */
  get idlePolicies(): string[] {
    const alarms = Object.values(this.#region.cloudwatch.alarms)
    const acting = new Set(alarms.flatMap(({ settings }) => settings.AlarmActions ?? []))
    return this.groups.flatMap((group) =>
      Object.entries(group.policies)
        .filter(([name, { arn }]) => name.startsWith('package/') && !acting.has(arn))
        .map(([name]) => name),
    )
  }

  #servingOf(group: Group): number {
    return Object.keys(group.instances).filter((id) => this.#serves(group, id)).length
  }

  #serves(group: Group, id: string): boolean {
    const instance = group.instances[id]
    const machine = this.#region.ec2.instances[id]
    return (
      instance?.state === 'InService' &&
      instance.health === 'Healthy' &&
      machine !== undefined &&
      machine.ending === undefined &&
      machine.isImpaired !== true &&
      (machine.sickAfter === undefined || this.time < machine.runningAt + machine.sickAfter * 1000) &&
      this.#isReached(id)
    )
  }

  /** What the listeners send requests to; a target group of weight 0 gets none. */
  get forwardedTo(): TargetGroup[] {
    const { listeners, targetGroups } = this.#region.elbv2
    const actions = Object.values(listeners).flatMap((listener) => listener.actions)
    const weighted = actions.flatMap(({ TargetGroupArn: arn, ForwardConfig: config }) => {
      const several = config?.TargetGroups ?? []
      if (several.length < 2) return [arn]
      return several.filter(({ Weight }) => Weight !== 0).map((each) => each.TargetGroupArn)
    })
    const arns = new Set(weighted)
    return Object.values(targetGroups).filter(({ arn }) => arns.has(arn))
  }

  /** Whether a listener names more than one target group, be it with a weight of 0. */
  get isMovingListeners(): boolean {
    const actions = Object.values(this.#region.elbv2.listeners).flatMap((listener) => listener.actions)
    return actions.some(({ ForwardConfig: config }) => (config?.TargetGroups ?? []).length > 1)
  }

  /** Where something listens, its traffic goes to healthy targets only. */
  #isReached(id: string): boolean {
    const scope = { state: this.#region, now: this.time }
    return this.forwardedTo.every((group) =>
      Object.values(group.targets).some(
        (target) => target.id === id && healthOf(scope, group, target).State === 'healthy',
      ),
    )
  }

  /** In milliseconds since 1970. */
  get time(): number {
    return timeOf(this.#state.clock)
  }

  get now(): number {
    return this.#state.clock.ahead
  }
}
