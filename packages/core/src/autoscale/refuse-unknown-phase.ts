import { PackageError } from '../errors.ts'
import { rolloutTags, type Fleet } from './fleet.ts'

/**
 * Throws PackageError (conflict) where it cannot be said whether a version serves. Each is made with its phase in one call: somebody has
 * removed the tag since, and to take the version for one that was begun would end what may be the only one that serves.
 */
export function refuseUnknownPhase({ versions }: Fleet): void {
  const unknown = versions.find(({ phase, group }) => phase === undefined && !group.isBeingDeleted)
  if (unknown === undefined) return
  const { name, tags } = unknown.group
  const value = tags[rolloutTags.phase]
  const what =
    value === undefined
      ? `${name} has no tag ${rolloutTags.phase}`
      : `the tag ${rolloutTags.phase} of ${name} is ${JSON.stringify(value)}`
  const tag = `ResourceId=${name},ResourceType=auto-scaling-group,Key=${rolloutTags.phase},Value=live,PropagateAtLaunch=false`
  throw new PackageError('conflict', 'PHASE_UNKNOWN', `${what}: it cannot be said whether it is in charge`, {
    hint: `put it back where ${name} serves (aws autoscaling create-or-update-tags --tags ${tag}); with Value=retiring the next run takes it away`,
  })
}
