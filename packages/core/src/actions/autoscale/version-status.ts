import type { CloudCall } from '../../action.ts'
import { claimant, rolloutTags, type Fleet, type Version } from '../../autoscale/fleet.ts'
import { instanceHealth, isHealthy, type InstanceHealth } from '../../autoscale/instance-health.ts'
import type { GroupSite } from '../../autoscale/prepare-rollout.ts'
import { isAtWork, type RolloutOwner } from '../../autoscale/rollout-owner.ts'
import { witnessOf } from '../../autoscale/rollout-witness.ts'
import { isOurs } from '../../autoscale/setting-steps.ts'
import { settingText } from '../../autoscale/setting-text.ts'
import type { GroupSetting } from '../../ports/cloud/scaling-groups.ts'
import type { InstanceStatus, OwnerStatus, VersionStatus } from './group-status.ts'

/** What is known of all of a group's versions. */
interface Known {
  fleet: Fleet
  /** By the name of the version. */
  settings: ReadonlyMap<string, readonly GroupSetting[]>
}

/** A version with its instances, and who is at work on it. Throws PackageError: those of the cloud. */
export async function versionStatus(
  call: CloudCall,
  site: GroupSite,
  version: Version,
  { fleet, settings }: Known,
): Promise<VersionStatus> {
  const { group, phase, digest, template } = version
  const owner = claimant(version)
  const { name, min, max, desired, suspended } = group
  const instances = await instanceHealth(site.cloud, group)
  const image = fleet.templates.find((each) => each.version === template)?.imageId
  const commit = group.tags[rolloutTags.commit]
  return {
    name,
    phase: group.isBeingDeleted ? 'being deleted' : (phase ?? 'unknown'),
    ...(image !== undefined && { image }),
    ...(template !== undefined && { template_version: template }),
    digest,
    ...(commit !== undefined && { commit }),
    ...(owner && { owner: ownerStatus(call, owner) }),
    sizes: { min, max, desired },
    healthy: instances.filter(isHealthy).length,
    suspended,
    settings: (settings.get(name) ?? []).map(settingStatus),
    instances: instances.map(instanceStatus),
  }
}

function ownerStatus(call: CloudCall, owner: RolloutOwner): OwnerStatus {
  const me = { ...witnessOf(call), now: call.clock.now() }
  return {
    operator: owner.operator,
    run: owner.runId,
    process: owner.processId,
    seconds_ago: Math.max(0, Math.round((me.now - owner.seenAt) / 1000)),
    at_work: isAtWork(owner, me),
  }
}

function settingStatus(setting: GroupSetting): VersionStatus['settings'][number] {
  const { kind, name } = setting
  const declared = isOurs(setting)
  return { kind, name, declared, text: declared ? settingText(setting) : '' }
}

function instanceStatus(health: InstanceHealth): InstanceStatus {
  const { id, zone, lifecycle, waitsFor } = health
  return { id, zone, state: lifecycle, healthy: isHealthy(health), waits_for: waitsFor }
}
