import { PackageError } from '../errors.ts'
import type { Group } from '../groups/nodes.ts'
import type { Owner } from '../ownership.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Instance, Launch } from '../ports/cloud/instances.ts'
import type { Subnet } from '../ports/cloud/networks.ts'
import type { Report } from '../ports/report.ts'
import { namedTags } from './group-instances.ts'

export interface WantedInstances {
  owner: Owner
  group: Group
  /** Their Name. */
  name: string
  count: number
  imageId: string
  keyName: string
  securityGroupIds: string[]
  userData: string | undefined
  /** Where they can go, the first choice first. */
  subnets: readonly Subnet[]
  /** Instances of that Name that AWS shows already, terminated ones too. */
  knownIds: readonly string[]
}

const hour = 3_600_000

/** In milliseconds: how long AWS may take to know a new instance profile everywhere. */
const profileIsNew = 120_000

/**
 * Launches all or none of them, in the first zone that has room. A repeated launch gives the same instances: the same owner,
 * Name and known instances make the same client token for an hour, in which AWS shows every instance that there was.
 * Failures are those of the port.
 */
export async function launchInstances(
  { cloud, clock, report }: { cloud: Cloud; clock: Clock; report: Report },
  wanted: WantedInstances,
): Promise<Instance[]> {
  const { group, subnets } = wanted
  for (const [index, subnet] of subnets.entries()) {
    const launch = launchOf(wanted, subnet, tokenOf(wanted, clock.now(), index))
    try {
      return await launchOnceProfileIsKnown(cloud, clock, launch)
    } catch (error) {
      const next = subnets[index + 1]
      const isFull = error instanceof PackageError && error.code === 'INSUFFICIENT_CAPACITY'
      if (!isFull || next === undefined) throw error
      const text = `${subnet.zone} has no ${launch.instanceType} left; trying ${next.zone}`
      report({ level: 'warning', code: 'ZONE_FULL', text, group: group.name })
    }
  }
  return []
}

/** A profile of a moment ago is not known everywhere (IAM User Guide, "Changes that I make are not always immediately visible"). */
async function launchOnceProfileIsKnown(cloud: Cloud, clock: Clock, launch: Launch): Promise<Instance[]> {
  let refusal: PackageError | undefined
  const look = async () => {
    try {
      return await cloud.launch(launch)
    } catch (error) {
      if (!(error instanceof PackageError) || error.code !== 'INSTANCE_PROFILE') throw error
      refusal = error
      return undefined
    }
  }
  const tooLate = () => refusal ?? new PackageError('timeout', 'LAUNCH', 'the launch took too long')
  return waitUntil({ clock, longest: profileIsNew, look, tooLate })
}

function tokenOf({ owner, group, name, count, knownIds }: WantedInstances, now: number, attempt: number) {
  const { project, environment = '' } = owner
  const ids = [...knownIds].sort()
  return JSON.stringify([project, environment, group.name, name, count, ids, Math.floor(now / hour), attempt])
}

function launchOf(wanted: WantedInstances, subnet: Subnet, clientToken: string): Launch {
  const { owner, group, name, count, imageId, keyName, securityGroupIds, userData } = wanted
  const { fields } = group
  const { iam_instance_profile: profile } = fields
  return {
    clientToken,
    count,
    imageId,
    instanceType: fields.instance_type ?? '',
    keyName,
    subnetId: subnet.id,
    securityGroupIds,
    blockDevices: fields.block_devices ?? [],
    ...(profile !== undefined && { iamInstanceProfile: profile }),
    metadataOptions: fields.metadata_options ?? {},
    hasTerminationProtection: fields.termination_protection ?? false,
    ...(userData !== undefined && { userData }),
    tags: { ...fields.tags, ...namedTags(owner, group.name, name) },
  }
}
