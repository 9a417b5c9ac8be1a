import { agentScript, ownInstanceId } from '@package/templates/deploy'

import type { CloudCall } from '../../action.ts'
import { groupTags } from '../../instances/group-instances.ts'
import { ownerOf } from '../../ownership.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import { keepBundle } from '../bundle-store.ts'
import type { DeployWork, HostChange, Turn } from '../deploy-groups.ts'
import { bundleOf, type DeployOrder, type SsmWay } from '../deploy-order.ts'
import type { GroupPlan } from '../deploy-plan.ts'
import { logPathOf } from '../ledger.ts'
import { whatToConverge } from '../what-to-converge.ts'
import { whyUnreachable } from './agent-reach.ts'
import { commandBatches, type CommandBatch } from './command-batches.ts'
import { followCommand } from './follow-command.ts'

/** Systems Manager API Reference, SendCommand: TimeoutSeconds. */
const deliveryTimeouts = { least: 30, most: 2_592_000 }

/** In milliseconds: how long before its end the bundle's URL is not counted on any more. */
const spare = 300_000

/** Deploys by commands of Systems Manager, one for a group's canary and few for the rest. */
export function deployBySsm(
  call: CloudCall,
  order: DeployOrder,
  { way, errors }: { way: SsmWay; errors: () => number },
): Required<Omit<DeployWork, 'tell'>> {
  const { clouds } = call
  const sender = new CommandSender(call, order, way)
  return {
    wayTo: (group) => ({
      prepare: () => Promise.resolve(),
      async reach({ id }) {
        const agents = await clouds.in(clouds.regionOf(group)).agents([id])
        const why = whyUnreachable(group, agents.get(id))
        return why === undefined ? { reached: true } : { reached: false, reason: why.reason }
      },
    }),
    async deploy(plan, instance) {
      let end: HostChange = { status: 'lost' }
      const tell = (_instance: Instance, change: HostChange) => {
        end = change
        return Promise.resolve()
      }
      await sender.deploy(plan, [instance], { slot: (work) => work(), halt: () => undefined, tell }, 0)
      return end
    },
    deployTogether: (plan, instances, turn) =>
      sender.deploy(plan, instances, turn, order.mostErrors - errors()),
  }
}

class CommandSender {
  readonly #call: CloudCall
  readonly #order: DeployOrder
  readonly #way: SsmWay
  #sent = 0

  constructor(call: CloudCall, order: DeployOrder, way: SsmWay) {
    this.#call = call
    this.#order = order
    this.#way = way
  }

  async deploy(
    plan: GroupPlan,
    instances: readonly Instance[],
    turn: Turn,
    mostErrors: number,
  ): Promise<void> {
    const { group, region } = plan
    const { clouds, nodes, environment } = this.#call
    const agents = await clouds.in(region).agents(instances.map(({ id }) => id))
    const reachable: Instance[] = []
    for (const instance of instances) {
      const why = whyUnreachable(group, agents.get(instance.id))
      if (why === undefined) reachable.push(instance)
      else await turn.tell(instance, why)
    }
    const tags = groupTags(ownerOf(nodes.settings, environment), group.name)
    const batches = commandBatches(reachable, this.#way.areWholeGroups ? tags : undefined)
    await Promise.all(batches.map((batch) => this.#send(plan, batch, turn, mostErrors)))
  }

  /** Again with a new URL for those whose turn has not come before the first one ends. */
  async #send(plan: GroupPlan, batch: CommandBatch, turn: Turn, mostErrors: number): Promise<void> {
    const atOnce = Math.min(this.#order.parallel, batch.instances.length)
    await turn.slot(async () => {
      let left: readonly Instance[] = batch.instances
      while (left.length > 0) {
        const halt = turn.halt()
        if (halt !== undefined) {
          for (const instance of left) await turn.tell(instance, { status: 'not started', reason: halt })
          return
        }
        left = await this.#sendOne(plan, { ...batch, instances: [...left] }, turn, { atOnce, mostErrors })
      }
    }, atOnce)
  }

  async #sendOne(
    plan: GroupPlan,
    batch: CommandBatch,
    turn: Turn,
    { atOnce, mostErrors }: { atOnce: number; mostErrors: number },
  ): Promise<Instance[]> {
    const { clouds, clock, run, stop, logs } = this.#call
    const { timeout } = this.#order
    const { instances } = batch
    const cloud = clouds.in(plan.region)
    const { script, expiresAt } = await this.#scriptFor(plan, batch)
    const turns = Math.ceil(instances.length / atOnce)
    const seconds = Math.max(deliveryTimeouts.least, (turns * timeout) / 1000)
    this.#sent += 1
    const commandId = await cloud.sendCommand({
      comment: `package instance:deploy ${run.id}, command ${String(this.#sent)}`,
      script,
      to: 'ids' in batch.to ? { ids: instances.map(({ id }) => id) } : batch.to,
      atOnce,
      mostErrors: Math.max(0, mostErrors),
      deliveryTimeout: Math.min(seconds, deliveryTimeouts.most),
      executionTimeout: timeout / 1000,
    })
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

  async #scriptFor(plan: GroupPlan, { instances, areAutoscaled }: CommandBatch) {
    const { clouds, nodes, environment, run } = this.#call
    const { group, region } = plan
    const bundle = bundleOf(this.#order, plan)
    const cloud = clouds.in(region)
    const owner = ownerOf(nodes.settings, environment)
    const place = await keepBundle(cloud, { bucket: this.#way.bucket, owner, group: group.name }, bundle)
    const { url, expiresAt } = await cloud.artifactUrl(place)
    const id = areAutoscaled ? group.name : `${group.name}-${ownInstanceId}`
    const script = agentScript({
      ...whatToConverge(group, { id, run: run.id, whyRun: this.#order.whyRun }),
      digest: bundle.digest,
      url,
      instanceIds: instances.map((instance) => instance.id),
    })
    return { script, expiresAt }
  }
}
