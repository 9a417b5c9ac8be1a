import type { CloudCall } from '../../action.ts'
import { groupTags } from '../../instances/group-instances.ts'
import { ownerOf } from '../../ownership.ts'
import type { AgentState } from '../../ports/cloud/commands.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { Tags } from '../../ports/cloud/tags.ts'
import type { GroupPlan } from '../deploy-plan.ts'
import { awaitAgents } from './await-agents.ts'

export interface AgentsOfGroup {
  /** Of the instances, and of all that carry the tags of their group. */
  agents: ReadonlyMap<string, AgentState>
  /** The tags of the group, where a command may go to all that carry them. */
  tags: Tags | undefined
}

/**
 * Whose agents are heard of among these of a group, once those of new instances have had their time; `areAll` where no instance of it is
 * left out. Throws PackageError where AWS does not tell, and (cancelled) after Ctrl-C.
 */
export async function agentsOfGroup(
  call: CloudCall,
  plan: GroupPlan,
  { instances, areAll }: { instances: readonly Instance[]; areAll: boolean },
): Promise<AgentsOfGroup> {
  await awaitAgents(call, plan, instances)
  const { clouds, nodes, environment } = call
  const { group, region, instances: meant } = plan
  const cloud = clouds.in(region)
  const tags = groupTags(ownerOf(nodes.settings, environment), group.name)
  const mayTag = areAll && instances.length > 1
  const carriers = mayTag ? await cloud.instances(tags) : []
  const ids = new Set([...instances, ...carriers].map(({ id }) => id))
  const agents = await cloud.agents([...ids])
  return { agents, tags: mayTag && sayWhoIsMeant(agents, meant) ? tags : undefined }
}

/**
 * Whether tags may stand for the instances that are meant, by the agents of all that carry them. Each that Systems Manager knows
 * takes one of the turns of MaxConcurrency, and one that does not answer keeps it until the command expires.
 */
export function sayWhoIsMeant(
  agents: ReadonlyMap<string, AgentState>,
  meant: readonly Pick<Instance, 'id'>[],
): boolean {
  const ids = new Set(meant.map(({ id }) => id))
  return [...agents].every(([id, state]) => ids.has(id) && state === 'online')
}
