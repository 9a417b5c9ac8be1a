import type { CloudCall } from '../../action.ts'
import { ownerOf } from '../../ownership.ts'
import { atOnce } from '../../plan/at-once.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import { keepBundle } from '../bundle-store.ts'
import type { DeployWork, HostChange } from '../deploy-groups.ts'
import { bundleOf, type DeployOrder, type SsmWay } from '../deploy-order.ts'
import { reasonOf } from '../failure-reason.ts'
import { whyUnreachable } from './agent-reach.ts'
import { awaitAgents } from './await-agents.ts'
import { CommandSender } from './command-sender.ts'

/** Bundles that are brought to the bucket at the same time. */
const mostUploads = 4

/**
 * Deploys by commands of Systems Manager, one for a group's canary and few for the rest. The bundles are in the bucket before any of
 * it. Throws PackageError where they cannot be.
 */
export async function deployBySsm(
  call: CloudCall,
  order: DeployOrder,
  { way, errors }: { way: SsmWay; errors: () => number },
): Promise<Required<Omit<DeployWork, 'tell'>>> {
  const { clouds } = call
  const kept = await atOnce(mostUploads, order.plans, async (plan) => {
    const store = { bucket: way.bucket, owner: ownerOf(call.nodes.settings, call.environment) }
    const cloud = clouds.in(plan.region)
    const place = await keepBundle(cloud, { ...store, group: plan.group.name }, bundleOf(order, plan))
    return [plan.group.name, place] as const
  })
  const sender = new CommandSender(call, order, { way, places: new Map(kept) })
  return {
    wayTo: (group) => ({
      prepare: () => Promise.resolve(),
      async reach(instance) {
        const { id } = instance
        const region = clouds.regionOf(group)
        await awaitAgents(call, { group, region }, [instance])
        const agents = await clouds.in(region).agents([id])
        const why = whyUnreachable(group, agents.get(id))
        return why === undefined ? { reached: true } : { reached: false, reason: reasonOf(why) }
      },
    }),
    async deploy(plan, instance) {
      let end: HostChange = { status: 'lost' }
      const tell = (_instance: Instance, change: HostChange) => {
        end = change
        return Promise.resolve()
      }
      await sender.deploy(plan, [instance], { slot: (work) => work(), halt: () => undefined, tell }, () => 0)
      return end
    },
    deployTogether: (plan, instances, turn) =>
      sender.deploy(plan, instances, turn, () => order.mostErrors - errors()),
  }
}
