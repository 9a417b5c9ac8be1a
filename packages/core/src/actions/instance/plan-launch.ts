import type { Group } from '../../groups/nodes.ts'
import { instanceDnaPath } from '../../generated-files/instance-dna-file.ts'
import { ownedAddresses, withoutAddress } from '../../instances/elastic-addresses.ts'
import { isLive, nameOf, namedTags, ownedInstances } from '../../instances/group-instances.ts'
import { isKnownKeyPair, type LaunchKey } from '../../instances/key-pair.ts'
import { launchImage, type LaunchImage } from '../../instances/launch-image.ts'
import { launchPlace, type LaunchPlace } from '../../instances/launch-place.ts'
import type { Owner } from '../../ownership.ts'
import type { Cloud } from '../../ports/cloud/cloud.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import { missingSecurityGroups } from '../../security-groups/add-missing-security-groups.ts'
import type { LaunchActionCall, LaunchRequest } from './launch-request.ts'

/** What there is, and what is to be made of it. */
export interface LaunchPlan {
  /** Those of that Name that AWS still shows, terminated ones too. */
  known: Instance[]
  /** Those that an earlier run has launched and that still exist. */
  existing: Instance[]
  /** How many are to be launched. */
  missing: number
  /** Undefined where nothing is to be launched. */
  launch: { image: LaunchImage; place: LaunchPlace; isKnownKey: boolean } | undefined
  /** Existing instances that an earlier run has not got to the end with. */
  unfinished: string[]
}

/** Reads what exists, and changes nothing. Throws PackageError for what the launch lacks or would collide with. */
export async function planLaunch(
  call: LaunchActionCall,
  { cloud, owner, key }: { cloud: Cloud; owner: Owner; key: LaunchKey },
  { group, name, count }: LaunchRequest,
): Promise<LaunchPlan> {
  const { options } = call
  const tags = namedTags(owner, group.name, name)
  const isKnownKey = await isKnownKeyPair(cloud, key)
  const known = (await ownedInstances(cloud, owner, tags)).filter((instance) => nameOf(instance) === name)
  const existing = known.filter(isLive)
  const missing = Math.max(count - existing.length, 0)
  const unfinished = await unfinishedOf(call, { cloud, owner, group, name }, existing)
  if (missing === 0) return { known, existing, missing, launch: undefined, unfinished }
  const { project } = owner
  const image = await launchImage(cloud, { group, project, ami: options.ami })
  const place = await launchPlace(cloud, group, options.zone)
  return { known, existing, missing, launch: { image, place, isKnownKey }, unfinished }
}

/** The DNA file is a launch's last step; an elastic IP may be missing even then. */
async function unfinishedOf(
  { files }: LaunchActionCall,
  { cloud, owner, group, name }: { cloud: Cloud; owner: Owner; group: Group; name: string },
  existing: readonly Instance[],
): Promise<string[]> {
  const ids = existing.map(({ id }) => id)
  const withoutDna = ids.filter((id) => !files.exists(instanceDnaPath(group.name, id)))
  if (group.fields.elastic_ip !== true || ids.length === 0) return withoutDna
  const tags = namedTags(owner, group.name, name)
  const addresses = await ownedAddresses({ cloud, owner, tags })
  return [...new Set([...withoutDna, ...withoutAddress(ids, addresses)])]
}

/** The plan as --dry-run shows it. */
export async function plannedLines(
  call: LaunchActionCall,
  cloud: Cloud,
  { group, name }: LaunchRequest,
  key: LaunchKey,
  { launch, missing, unfinished }: LaunchPlan,
): Promise<string[]> {
  if (launch === undefined) return [`finish the launch of ${unfinished.join(', ')}`]
  const { image, place, isKnownKey } = launch
  const { instance_type: type = '', elastic_ip: isElastic = false } = group.fields
  const zones = [...new Set(place.subnets.map(({ zone }) => zone))].sort()
  const securityGroups = await missingSecurityGroups(call, cloud, group, place.vpcId)
  return [
    ...(isKnownKey ? [] : [`import key pair ${key.name}`]),
    ...securityGroups,
    `launch ${String(missing)} × ${type} named ${name} from ${image.image.id} (${image.image.name}; ${image.origin})`,
    `  in ${place.vpcId}, ${zones.length > 1 ? 'one of ' : ''}${zones.join(', ')}`,
    ...(isElastic ? [`give each an elastic IP`] : []),
    `write ${instanceDnaPath(group.name, '<instance-id>')} of each`,
  ]
}
