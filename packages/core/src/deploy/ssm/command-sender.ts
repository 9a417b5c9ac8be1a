import { agentScript, ownInstanceId } from '@package/templates/deploy'

import type { CloudCall } from '../../action.ts'
import { PackageError } from '../../errors.ts'
import type { ArtifactPlace } from '../../ports/cloud/artifacts.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { HostChange, Turn } from '../deploy-groups.ts'
import type { DeployOrder, SsmWay } from '../deploy-order.ts'
import type { GroupPlan } from '../deploy-plan.ts'
import { reasonOf } from '../failure-reason.ts'
import { logPathOf } from '../ledger.ts'
import { whatToConverge } from '../what-to-converge.ts'
import { whyUnreachable } from './agent-reach.ts'
import { agentsOfGroup, type AgentsOfGroup } from './agents-of-group.ts'
import { commandBatches, type CommandBatch } from './command-batches.ts'
import { commandTimes, urlLifetime } from './command-times.ts'
import { followCommand } from './follow-command.ts'

const noTurns: HostChange = {
  status: 'unreachable',
  reason: 'no agent has taken the command while the bundle could be fetched',
}

interface Refused {
  refused: HostChange
}

/** Sends the commands of a deploy, and tells what becomes of each host. */
export class CommandSender {
  readonly #call: CloudCall
  readonly #order: DeployOrder
  readonly #way: SsmWay
  /** Of the bundles, by group. */
  readonly #places: ReadonlyMap<string, ArtifactPlace>
  #sent = 0

  constructor(
    call: CloudCall,
    order: DeployOrder,
    { way, places }: { way: SsmWay; places: ReadonlyMap<string, ArtifactPlace> },
  ) {
    this.#call = call
    this.#order = order
    this.#way = way
    this.#places = places
  }

  async deploy(
    plan: GroupPlan,
    instances: readonly Instance[],
    turn: Turn,
    mostErrors: () => number,
  ): Promise<void> {
    let left = instances
    while (left.length > 0) {
      const answer = await this.#ask(plan, left)
      if ('refused' in answer) {
        await this.#giveUp(left, turn, answer.refused)
        return
      }
      const { agents, tags } = answer
      const reachable: Instance[] = []
      for (const instance of left) {
        const why = whyUnreachable(plan.group, agents.get(instance.id))
        if (why === undefined) reachable.push(instance)
        else await turn.tell(instance, { status: 'unreachable', code: why.code, reason: reasonOf(why) })
      }
      const batches = commandBatches(reachable, tags)
      const again = await Promise.all(batches.map((batch) => this.#send(plan, batch, turn, mostErrors)))
      left = again.flat()
    }
  }

  async #ask(plan: GroupPlan, instances: readonly Instance[]): Promise<AgentsOfGroup | Refused> {
    try {
      return await agentsOfGroup(this.#call, plan, { instances, areAll: this.#way.areWholeGroups })
    } catch (error) {
      return refused(error)
    }
  }

  /** Gives those whose turn has not come while the bundle could be fetched: they are to be sent another command. */
  async #send(
    plan: GroupPlan,
    batch: CommandBatch,
    turn: Turn,
    mostErrors: () => number,
  ): Promise<Instance[]> {
    const { instances } = batch
    const atOnce = Math.min(this.#order.parallel, instances.length)
    return turn.slot(async () => {
      const halt = turn.halt()
      if (halt !== undefined) return this.#giveUp(instances, turn, { status: 'not started', reason: halt })
      const left = await this.#sendOne(plan, batch, turn, { atOnce, mostErrors })
      // Another one would be no better, and the next no better than that.
      if (left.length === instances.length) return this.#giveUp(left, turn, noTurns)
      return left
    }, atOnce)
  }

  async #giveUp(instances: readonly Instance[], turn: Turn, end: HostChange): Promise<Instance[]> {
    for (const instance of instances) await turn.tell(instance, end)
    return []
  }

  async #sendOne(
    plan: GroupPlan,
    batch: CommandBatch,
    turn: Turn,
    { atOnce, mostErrors }: { atOnce: number; mostErrors: () => number },
  ): Promise<Instance[]> {
    const { clouds, clock, run, stop, logs } = this.#call
    const { timeout } = this.#order
    const { instances } = batch
    const cloud = clouds.in(plan.region)
    const sent = await this.#command(plan, batch, { atOnce, mostErrors })
    if ('refused' in sent) return this.#giveUp(instances, turn, sent.refused)
    const { commandId, beginUntil } = sent
    return followCommand({
      commands: cloud,
      clock,
      commandId,
      run: run.id,
      instances,
      beginUntil,
      timeout,
      isStopped: () => stop.isAsked(),
      turn,
      logOf: ({ id }) => logs.open(logPathOf(run.id, id)),
    })
  }

  async #command(
    plan: GroupPlan,
    batch: CommandBatch,
    rates: { atOnce: number; mostErrors: () => number },
  ): Promise<{ commandId: string; beginUntil: number } | Refused> {
    const { clouds, run } = this.#call
    const cloud = clouds.in(plan.region)
    this.#sent += 1
    const comment = `package instance:deploy ${run.id}, command ${String(this.#sent)}`
    try {
      const { script, expiresAt } = await this.#scriptFor(plan, batch)
      const { deliveryTimeout, beginUntil } = commandTimes(cloud.now(), expiresAt)
      const commandId = await cloud.sendCommand({
        comment,
        script,
        to: batch.to,
        atOnce: rates.atOnce,
        mostErrors: Math.max(0, rates.mostErrors()),
        deliveryTimeout,
        executionTimeout: this.#order.timeout / 1000,
      })
      return { commandId, beginUntil }
    } catch (error) {
      return refused(error)
    }
  }

  async #scriptFor({ group, region }: GroupPlan, { instances, areAutoscaled }: CommandBatch) {
    const { clouds, run } = this.#call
    const place = this.#places.get(group.name)
    const digest = this.#order.bundles.get(group.name)?.digest
    if (place === undefined || digest === undefined) throw new Error(`no bundle was made of ${group.name}`)
    const { url, expiresAt } = await clouds.in(region).artifactUrl(place, urlLifetime)
    const id = areAutoscaled ? group.name : `${group.name}-${ownInstanceId}`
    const script = agentScript({
      ...whatToConverge(group, { id, run: run.id, whyRun: this.#order.whyRun }),
      digest,
      url,
      instanceIds: instances.map((instance) => instance.id),
    })
    return { script, expiresAt }
  }
}

/** What AWS refuses it would refuse for the next host too: it is no matter of reaching one. After Ctrl-C nobody is waited for. */
function refused(error: unknown): Refused {
  if (!(error instanceof PackageError)) throw error
  if (error.kind === 'cancelled') return { refused: { status: 'not started', reason: 'Ctrl-C' } }
  return { refused: { status: 'failed', code: error.code, reason: reasonOf(error) } }
}
