import type { Instance } from '../../ports/cloud/instances.ts'
import type { CommandOrder } from '../../ports/cloud/commands.ts'
import type { Tags } from '../../ports/cloud/tags.ts'
import { isAutoscaled } from '../deploy-plan.ts'

/** Systems Manager API Reference, Target: values of one. */
const mostIds = 50

/** The script names them all, and a document with its parameters is limited to 64 KB (Systems Manager quotas). */
const mostTagged = 1000

/** Hosts that one command is for. */
export interface CommandBatch {
  instances: Instance[]
  to: CommandOrder['to']
  /** Whether an autoscale group has launched them: then they have the group's own DNA. */
  areAutoscaled: boolean
}

/**
 * The commands that it takes: by tags where these are the whole group, so that AWS itself counts what is at work and what has failed,
 * else by fifty ids.
 */
export function commandBatches(instances: readonly Instance[], groupTags: Tags | undefined): CommandBatch[] {
  return [true, false].flatMap((areAutoscaled) => {
    const alike = instances.filter((instance) => isAutoscaled(instance) === areAutoscaled)
    const isTagged = groupTags !== undefined && alike.length > 1
    const count = Math.ceil(alike.length / (isTagged ? mostTagged : mostIds))
    return Array.from({ length: count }, (_, index) => {
      const size = isTagged ? mostTagged : mostIds
      const chosen = alike.slice(index * size, (index + 1) * size)
      const to = isTagged ? { tags: groupTags } : { ids: chosen.map(({ id }) => id) }
      return { instances: chosen, to, areAutoscaled }
    })
  })
}
