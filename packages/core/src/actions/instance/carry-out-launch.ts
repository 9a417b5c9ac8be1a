import { PackageError } from '../../errors.ts'
import { instanceDnaFile } from '../../generated-files/instance-dna-file.ts'
import { awaitReachable } from '../../instances/await-reachable.ts'
import { awaitRunning } from '../../instances/await-running.ts'
import { giveElasticAddresses } from '../../instances/elastic-addresses.ts'
import { namedTags, ownedInstances } from '../../instances/group-instances.ts'
import { forgetKeyPair, importKeyPair, type LaunchKey } from '../../instances/key-pair.ts'
import { launchInstances } from '../../instances/launch-instances.ts'
import { remoteHost } from '../../instances/remote-host.ts'
import type { Owner } from '../../ownership.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Cloud } from '../../ports/cloud/cloud.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { Subnet } from '../../ports/cloud/networks.ts'
import type { Tags } from '../../ports/cloud/tags.ts'
import { addMissingSecurityGroups } from '../../security-groups/add-missing-security-groups.ts'
import type { LaunchActionCall, LaunchRequest } from './launch-request.ts'
import type { LaunchPlan } from './plan-launch.ts'

interface Target {
  cloud: Cloud
  owner: Owner
  key: LaunchKey
}

/**
 * Launches what is missing, and brings those of an earlier run to the end too. Each step finds what is done already: cut off
 * anywhere, the same command goes on. Gives the ids that were launched now, and all instances that it worked on.
 */
export async function carryOutLaunch(
  call: LaunchActionCall,
  target: Target,
  request: LaunchRequest,
  plan: LaunchPlan,
): Promise<{ launched: string[]; instances: Instance[] }> {
  const launched = await launchMissing(call, target, request, plan)
  const starting = plan.existing.filter(
    ({ id, state }) => state !== 'stopped' && plan.unfinished.includes(id),
  )
  const ids = [...starting.map(({ id }) => id), ...launched]
  return { launched, instances: await finish(call, target, request, ids) }
}

async function launchMissing(
  call: LaunchActionCall,
  { cloud, owner, key }: Target,
  { group, name, userData }: LaunchRequest,
  { launch: planned, known, missing }: LaunchPlan,
): Promise<string[]> {
  if (planned === undefined) return []
  const { image, place, isKnownKey } = planned
  const text = `image ${image.image.id} (${image.image.name}): ${image.origin}`
  call.report({ level: 'info', code: 'IMAGE', text, group: group.name, data: { image: image.image.id } })
  // The key pair comes last: where something else is refused, nothing is left that nodes.json does not declare.
  const securityGroupIds = await addMissingSecurityGroups(call, cloud, group, place.vpcId)
  if (!isKnownKey) await importKeyPair(cloud, owner, group.name, key)
  const launch = () =>
    launchInstances(
      { ...call, cloud },
      {
        owner,
        group,
        name,
        count: missing,
        imageId: image.image.id,
        keyName: key.name,
        securityGroupIds,
        userData,
        subnets: shuffled(place.subnets, () => call.clock.random()),
        knownIds: known.map(({ id }) => id),
      },
    )
  const instances = await (isKnownKey ? launch() : unlessRefused(launch, () => forgetKeyPair(cloud, key)))
  return instances.map(({ id }) => id)
}

/** A launch that AWS refuses for what nodes.json says has made nothing: then what was made for it is undone. */
async function unlessRefused<T>(work: () => Promise<T>, undo: () => Promise<void>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PackageError && error.kind === 'config') await undo()
    throw error
  }
}

async function finish(
  call: LaunchActionCall,
  { cloud, owner }: Target,
  { group, name }: LaunchRequest,
  ids: readonly string[],
): Promise<Instance[]> {
  const tags = namedTags(owner, group.name, name)
  const around = { ...call, cloud, group: group.name }
  const running = await awaitRunning(around, ids, () => ownedInstances(cloud, owner, tags))
  const instances =
    group.fields.elastic_ip === true
      ? await withElasticAddresses({ cloud, clock: call.clock, owner, tags }, running)
      : running
  const hosts = instances.map((instance) => remoteHost(group, instance, call.options))
  const { reached, failures } = await awaitReachable(around, hosts)
  await call.files.write(reached.map((id) => instanceDnaFile(group.name, id)))
  if (failures.length > 0) throw unreachable(hosts.length, failures)
  return instances
}

/** One error for all; those that let us in are done. */
function unreachable(count: number, failures: readonly PackageError[]): PackageError {
  const [first] = failures
  if (first && (count === 1 || failures.length === count)) return first
  const each = failures.map(({ message }) => message).join('; ')
  const text = `${String(failures.length)} of ${String(count)} instances cannot be logged in to: ${each}`
  return new PackageError('partial', 'UNREACHABLE', text, {
    hint: 'the others are done; the same command tries these again',
  })
}

/** AWS's own lists may show an instance's old address for a while. */
async function withElasticAddresses(
  place: { cloud: Cloud; clock: Clock; owner: Owner; tags: Tags },
  instances: readonly Instance[],
): Promise<Instance[]> {
  const ids = instances.map(({ id }) => id)
  const given = await giveElasticAddresses(place, ids)
  return instances.map((instance) => {
    const address = given.get(instance.id)
    return address === undefined ? instance : { ...instance, publicIp: address.publicIp }
  })
}

/** Fisher and Yates' shuffle. */
function shuffled(subnets: readonly Subnet[], random: () => number): Subnet[] {
  const left = [...subnets]
  return subnets.flatMap(() => left.splice(Math.floor(random() * left.length), 1))
}
