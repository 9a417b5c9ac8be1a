import { PackageError } from '../errors.ts'
import { owns } from '../ownership.ts'
import { deleteVersion, empty } from './empty-version.ts'
import { readVersions, rolloutTags, serving, type Version } from './fleet.ts'
import { forgetTemplate, makeTemplate } from './make-template.ts'
import { claim, ownerNow, rivalsAmong, type Rollout } from './rollout.ts'
import { atWork } from './rollout-owner.ts'
import type { CreateStep } from './rollout-step.ts'

/**
 * Makes the next version. Its name is the lock between two operators: AWS gives it to one of them, and the other stops here. Throws
 * PackageError: conflict, and those of the cloud.
 */
export async function createVersion(rollout: Rollout, step: CreateStep): Promise<void> {
  const template = await makeTemplate(rollout, step)
  try {
    await createGroup(rollout, step, template)
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    if (error.code === 'SCALING_GROUP_EXISTS') await checkItIsOurs(rollout, step, error)
    else throw (await lateRefusal(rollout, step, template)) ?? error
  }
  rollout.claimed = step.name
  rollout.marked = undefined
  rollout.claimedAfter = -Infinity
  await checkNobodyWasFaster(rollout, step)
}

async function createGroup(
  rollout: Rollout,
  { name, replaces, sizes, targetGroupArns, hooks, goal }: CreateStep,
  template: { id: string; version: number },
): Promise<void> {
  const { cloud } = rollout
  await cloud.createScalingGroup({
    name,
    template,
    subnetIds: goal.subnetIds,
    targetGroupArns,
    ...sizes,
    ...goal.timings,
    hooks,
    tags: {
      ...goal.tags,
      [rolloutTags.phase]: 'staging',
      [rolloutTags.digest]: goal.template.digest,
      [rolloutTags.owner]: ownerNow(rollout),
      ...(goal.commit !== undefined && { [rolloutTags.commit]: goal.commit }),
      ...('version' in goal.template && replaces !== undefined && { [rolloutTags.rollback]: replaces }),
    },
    instanceTags: goal.propagatesTags ? goal.tags : {},
  })
}

/** The SDK repeats a call whose answer was lost, and then meets its own group. */
async function checkItIsOurs(rollout: Rollout, step: CreateStep, refusal: PackageError): Promise<void> {
  const versions = await readVersions(rollout.place)
  const version = versions.find(({ group }) => group.name === step.name)
  if (version?.owner?.runId === rollout.me.runId) return
  if (version === undefined) await refuseForeign(rollout, step, refusal)
  await forgetTemplate(rollout, step, versions)
  if (version?.owner) throw atWork(step.name, version.owner, rollout.clock.now())
  throw new PackageError('conflict', 'ROLLOUT_OWNED', refusal.message, {
    hint: 'somebody else made it a moment ago: run the same command again in a minute',
    cause: refusal,
  })
}

/** Auto Scaling gives a name once in a region, whoever asks for it. What was made for the version is taken back as of one that fails. */
async function refuseForeign({ cloud, place }: Rollout, { name }: CreateStep, cause: PackageError) {
  const group = (await cloud.scalingGroups()).find((each) => each.name === name)
  if (group === undefined || (owns(place.owner, group.tags) && group.tags['group'] === place.group)) return
  const { 'package:project': project, 'package:environment': environment } = group.tags
  const whose =
    project === undefined
      ? 'of no project'
      : `of the project ${project}${environment === undefined ? '' : `, environment ${environment}`}`
  throw new PackageError('conflict', 'AUTOSCALE_FOREIGN', `there is an autoscale group ${name} ${whose}`, {
    hint: `rename ${place.group} in nodes.json, or use an environment, whose name comes before it (--env); where ${name} is not needed any more, delete it (aws autoscaling delete-auto-scaling-group --force-delete --auto-scaling-group-name ${name})`,
    cause,
  })
}

/**
 * A list of versions that was old by the time of the call: another run may have gone further since, and removed what had that number, or made one of
 * a lower number that was free by then, or be at work on what serves. Of two that are made at once the higher number wins.
 */
async function checkNobodyWasFaster(rollout: Rollout, step: CreateStep): Promise<void> {
  const versions = await readVersions(rollout.place)
  const rivals = rivalsAmong(rollout, versions)
  const faster = fasterOf(versions, step) ?? rivals.find(({ phase }) => phase !== 'staging')
  if (faster) await giveWay(rollout, step, versions, faster)
  for (const { group } of rivals) await takeAway(rollout, step, group.name)
}

/** What somebody else has made after it, or put in charge since it was planned. */
function fasterOf(versions: readonly Version[], { number, replaces }: CreateStep): Version | undefined {
  const live = serving(versions)
  const later = versions.find((version) => version.number > number)
  return later ?? (live?.group.name === replaces ? undefined : live)
}

async function giveWay(
  rollout: Rollout,
  step: CreateStep,
  versions: readonly Version[],
  faster: Version,
): Promise<never> {
  await empty(rollout, step.name)
  await deleteVersion(rollout, step.name)
  const others = versions.filter(({ group }) => group.name !== step.name)
  await forgetTemplate(rollout, step, others)
  throw madeMeanwhile(rollout, faster)
}

/** Why it cannot be made: whoever is done with an update meanwhile, or has taken one back, has removed what it was to launch from. */
async function lateRefusal(
  rollout: Rollout,
  step: CreateStep,
  template: { id: string; version: number },
): Promise<PackageError | undefined> {
  const { cloud, place } = rollout
  const faster = fasterOf(await readVersions(place), step)
  if (faster) return madeMeanwhile(rollout, faster)
  const known = await cloud.templateVersions(place.templateName)
  if (known.some(({ templateId, version }) => templateId === template.id && version === template.version)) {
    return undefined
  }
  const what = `version ${String(template.version)} of launch template ${place.templateName}`
  return new PackageError('conflict', 'TEMPLATE_VERSION_GONE', `somebody has removed ${what} meanwhile`, {
    hint: 'run the same command again',
  })
}

function madeMeanwhile({ clock }: Rollout, { group, owner }: Version): PackageError {
  if (owner) return atWork(group.name, owner, clock.now())
  const text = `${group.name} was made by somebody else meanwhile`
  return new PackageError('conflict', 'ROLLOUT_OWNED', text, { hint: 'run the same command again' })
}

/** Who has made it sees so that it is not theirs any more. */
async function takeAway(rollout: Rollout, step: CreateStep, name: string): Promise<void> {
  await claim(rollout, name, { [rolloutTags.phase]: 'failed' })
  rollout.claimed = step.name
  await empty(rollout, name)
  await deleteVersion(rollout, name)
}
