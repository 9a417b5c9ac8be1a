import { agentScript, ownInstanceId } from '@package/templates/deploy'

import type { CloudCall } from '../../action.ts'
import { PackageError } from '../../errors.ts'
import { groupTags } from '../../instances/group-instances.ts'
import { ownerOf } from '../../ownership.ts'
import type { ArtifactPlace } from '../../ports/cloud/artifacts.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { HostChange, Turn } from '../deploy-groups.ts'
import type { DeployOrder, SsmWay } from '../deploy-order.ts'
import type { GroupPlan } from '../deploy-plan.ts'
import { reasonOf } from '../failure-reason.ts'
import { logPathOf } from '../ledger.ts'
import { whatToConverge } from '../what-to-converge.ts'
import { whyUnreachable } from './agent-reach.ts'
import { commandBatches, type CommandBatch } from './command-batches.ts'
import { followCommand } from './follow-command.ts'

/** Systems Manager API Reference, SendCommand: TimeoutSeconds. */
const deliveryTimeouts = { least: 30, most: 2_592_000 }

/** In milliseconds: how long before its end the bundle's URL is not counted on any more. */
const spare = 300_000

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
    const { group, region } = plan
    const { clouds, nodes, environment } = this.#call
    const agents = await clouds.in(region).agents(instances.map(({ id }) => id))
    const reachable: Instance[] = []
    for (const instance of instances) {
      const why = whyUnreachable(group, agents.get(instance.id))
      if (why === undefined) reachable.push(instance)
      else await turn.tell(instance, { status: 'unreachable', code: why.code, reason: reasonOf(why) })
    }
    const tags = groupTags(ownerOf(nodes.settings, environment), group.name)
    const batches = commandBatches(reachable, this.#way.areWholeGroups ? tags : undefined)
    await Promise.all(batches.map((batch) => this.#send(plan, batch, turn, mostErrors)))
  }

  /** Again with a new URL for those whose turn has not come before the first one ends. */
  async #send(plan: GroupPlan, batch: CommandBatch, turn: Turn, mostErrors: () => number): Promise<void> {
    const atOnce = Math.min(this.#order.parallel, batch.instances.length)
    await turn.slot(async () => {
      let left: readonly Instance[] = batch.instances
      while (left.length > 0) {
        const halt = turn.halt()
        if (halt !== undefined) {
          for (const instance of left) await turn.tell(instance, { status: 'not started', reason: halt })
          return
        }
        const sent = { ...batch, instances: [...left] }
        left = await this.#sendOne(plan, sent, turn, { atOnce, mostErrors })
      }
    }, atOnce)
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
    if ('refused' in sent) {
      for (const instance of instances) await turn.tell(instance, sent.refused)
      return []
    }
    const { commandId, expiresAt } = sent
    return followCommand({
      commands: cloud,
      clock,
      commandId,
      run: run.id,
      instances,
      beginUntil: expiresAt - spare,
      timeout,
      isStopped: () => stop.isAsked(),
      turn,
      logOf: ({ id }) => logs.open(logPathOf(run.id, id)),
    })
  }

  /** A command that AWS refuses would be refused for the next host too: it is no matter of reaching one. */
  async #command(
    plan: GroupPlan,
    batch: CommandBatch,
    rates: { atOnce: number; mostErrors: () => number },
  ): Promise<{ commandId: string; expiresAt: number } | { refused: HostChange }> {
    const { clouds, run } = this.#call
    const { timeout } = this.#order
    const { instances, to } = batch
    const turns = Math.ceil(instances.length / rates.atOnce)
    const seconds = Math.max(deliveryTimeouts.least, (turns * timeout) / 1000)
    this.#sent += 1
    const comment = `package instance:deploy ${run.id}, command ${String(this.#sent)}`
    try {
      const { script, expiresAt } = await this.#scriptFor(plan, batch)
      const commandId = await clouds.in(plan.region).sendCommand({
        comment,
        script,
        to: 'ids' in to ? { ids: instances.map(({ id }) => id) } : to,
        atOnce: rates.atOnce,
        mostErrors: Math.max(0, rates.mostErrors()),
        deliveryTimeout: Math.min(seconds, deliveryTimeouts.most),
        executionTimeout: timeout / 1000,
      })
      return { commandId, expiresAt }
    } catch (error) {
      if (!(error instanceof PackageError)) throw error
      return { refused: { status: 'failed', code: error.code, reason: reasonOf(error) } }
    }
  }

  async #scriptFor({ group, region }: GroupPlan, { instances, areAutoscaled }: CommandBatch) {
    const { clouds, run } = this.#call
    const place = this.#places.get(group.name)
    const digest = this.#order.bundles.get(group.name)?.digest
    if (place === undefined || digest === undefined) throw new Error(`no bundle was made of ${group.name}`)
    const { url, expiresAt } = await clouds.in(region).artifactUrl(place)
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
