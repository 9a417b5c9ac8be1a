import { PackageError } from '../errors.ts'
import { inDependencyOrder } from '../groups/in-dependency-order.ts'
import type { Group } from '../groups/nodes.ts'
import { slots } from '../plan/slots.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { HostEnd } from './deploy-host.ts'
import type { GroupPlan } from './deploy-plan.ts'
import { reasonOf } from './failure-reason.ts'
import type { HostResult } from './host-result.ts'
import type { HostWay } from './host-way.ts'

/** How a deploy goes about it. */
export interface DeployRules {
  /** Hosts at the same time, of all groups. */
  parallel: number
  hasCanary: boolean
  /** Why no new host may be begun; undefined while it may. */
  halt: () => string | undefined
}

export type HostChange = Pick<HostResult, 'status' | 'reason'> & Partial<HostResult>

/** How several hosts of a group are deployed to together. */
export interface Turn {
  /** Takes as many slots as there are hosts at the same time. */
  slot: ReturnType<typeof slots>
  halt: DeployRules['halt']
  tell: (instance: Instance, change: HostChange) => Promise<void>
}

export interface DeployWork {
  wayTo: (group: Group) => Pick<HostWay, 'prepare' | 'reach'>
  deploy: (plan: GroupPlan, instance: Instance) => Promise<HostEnd>
  /** In the place of one by one. */
  deployTogether?: (plan: GroupPlan, instances: readonly Instance[], turn: Turn) => Promise<void>
  /** Told of each change; the last one of a host is its result. */
  tell: (plan: GroupPlan, instance: Instance, change: HostChange) => Promise<void>
}

/** Nothing of the group converged, or its canary did not: what depends on it is not begun. */
class GroupFailed extends Error {}

/**
 * Deploys to the groups in the order of depends_on, inside a group to the canary first: the first host that can be reached. Whatever
 * happens on a host stops none that was begun.
 */
export async function deployGroups(
  plans: readonly GroupPlan[],
  rules: DeployRules,
  work: DeployWork,
): Promise<void> {
  const slot = slots(rules.parallel)
  const byName = new Map(plans.map((plan) => [plan.group.name, plan]))
  const groups = plans.map(({ group }) => group)
  const results = await inDependencyOrder(groups, Math.max(1, groups.length), async ({ name }) => {
    const plan = byName.get(name)
    if (plan) await new GroupDeploy(plan, rules, work, slot).carryOut()
  })
  for (const result of results) {
    if ('error' in result && !(result.error instanceof GroupFailed)) throw result.error
    if (!('waitedFor' in result)) continue
    const plan = byName.get(result.group.name)
    const reason = `${result.waitedFor}, which ${result.group.name} depends on, failed`
    for (const instance of plan?.instances ?? []) {
      if (plan) await work.tell(plan, instance, { status: 'not started', reason: rules.halt() ?? reason })
    }
  }
}

class GroupDeploy {
  readonly #plan: GroupPlan
  readonly #rules: DeployRules
  readonly #work: DeployWork
  readonly #slot: ReturnType<typeof slots>
  #converged = 0

  constructor(plan: GroupPlan, rules: DeployRules, work: DeployWork, slot: ReturnType<typeof slots>) {
    this.#plan = plan
    this.#rules = rules
    this.#work = work
    this.#slot = slot
  }

  /** Throws GroupFailed. */
  async carryOut(): Promise<void> {
    const { instances } = this.#plan
    const rest = this.#rules.hasCanary ? await this.#afterCanary(instances) : instances
    await this.#deployAll(rest)
    if (this.#converged === 0) throw new GroupFailed()
  }

  async #deployAll(instances: readonly Instance[]): Promise<void> {
    const { deployTogether } = this.#work
    if (deployTogether === undefined) {
      await Promise.all(instances.map((instance) => this.#slot(() => this.#deploy(instance))))
    } else if (instances.length > 0) {
      const tell = (instance: Instance, change: HostChange) => this.#tell(instance, change)
      await deployTogether(this.#plan, instances, { slot: this.#slot, halt: this.#rules.halt, tell })
    }
  }

  /** Deploys to hosts until one could be reached. Gives those that are left. */
  async #afterCanary(instances: readonly Instance[]): Promise<readonly Instance[]> {
    let left = instances
    while (left.length > 0) {
      const [canary, ...others] = left
      if (canary === undefined) break
      const status = await this.#slot(() => this.#deploy(canary))
      if (status === 'converged') return others
      if (status !== 'unreachable') {
        await this.#giveUp(others, `the canary ${canary.id} did not converge: ${status}`)
        throw new GroupFailed()
      }
      left = await this.#fromFirstReachable(others)
    }
    return []
  }

  /** A zone that is gone must not be tried host by host: as many as allowed are asked at once whether they let us in. */
  async #fromFirstReachable(instances: readonly Instance[]): Promise<readonly Instance[]> {
    const { parallel } = this.#rules
    const way = this.#work.wayTo(this.#plan.group)
    for (let from = 0; from < instances.length; from += parallel) {
      if (this.#rules.halt() !== undefined) return instances.slice(from)
      const asked = instances.slice(from, from + parallel)
      const answers = await Promise.all(
        asked.map((instance) => this.#slot(async () => this.#answer(way, instance))),
      )
      const first = answers.findIndex((answer) => answer === undefined)
      const dead = first === -1 ? asked.length : first
      for (const [index, refusal] of answers.slice(0, dead).entries()) {
        const instance = asked[index]
        if (instance) await this.#tell(instance, { status: 'unreachable', ...refusal })
      }
      if (first !== -1) return instances.slice(from + first)
    }
    return []
  }

  /** Why the host does not let us in; undefined where it does. */
  async #answer(
    way: Pick<HostWay, 'prepare' | 'reach'>,
    instance: Instance,
  ): Promise<Pick<HostChange, 'reason' | 'code'> | undefined> {
    try {
      await way.prepare(instance)
      const answer = await way.reach(instance)
      return answer.reached ? undefined : { reason: answer.reason }
    } catch (error) {
      if (!(error instanceof PackageError)) throw error
      return { code: error.code, reason: reasonOf(error) }
    }
  }

  async #giveUp(instances: readonly Instance[], reason: string): Promise<void> {
    for (const instance of instances) {
      await this.#tell(instance, { status: 'not started', reason: this.#rules.halt() ?? reason })
    }
  }

  async #deploy(instance: Instance): Promise<HostResult['status']> {
    const halt = this.#rules.halt()
    if (halt !== undefined) {
      await this.#tell(instance, { status: 'not started', reason: halt })
      return 'not started'
    }
    await this.#tell(instance, { status: 'running' })
    const end = await this.#work.deploy(this.#plan, instance)
    await this.#tell(instance, end)
    return end.status
  }

  async #tell(instance: Instance, change: HostChange): Promise<void> {
    if (change.status === 'converged') this.#converged += 1
    await this.#work.tell(this.#plan, instance, change)
  }
}
