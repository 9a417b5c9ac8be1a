import { PackageError } from '../errors.ts'
import { groupTags } from '../instances/group-instances.ts'
import type { LaunchTemplateVersion, NewTemplateVersion } from '../ports/cloud/launch-templates.ts'
import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import { deleteVersion, empty } from './empty-version.ts'
import { readFleet, readVersions, rolloutTags, type Fleet } from './fleet.ts'
import type { Goal } from './goal.ts'
import { ownerNow, versionNow, type Rollout } from './rollout.ts'
import { atWork } from './rollout-owner.ts'
import type { CreateStep } from './rollout-step.ts'
import { isOurs } from './setting-steps.ts'
import { templateDescription } from './template-description.ts'

/**
 * Makes the next version. Its name is the lock between two operators: AWS gives it to one of them, and the other stops here. Throws
 * PackageError: conflict, and those of the cloud.
 */
export async function createVersion(rollout: Rollout, step: CreateStep): Promise<void> {
  const fleet = await readFleet(rollout.place)
  const template = await templateFor(rollout, step.goal, fleet)
  try {
    await createGroup(rollout, step, template)
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'SCALING_GROUP_EXISTS') throw error
    await checkItIsOurs(rollout, step.name, error)
  }
  rollout.claimed = step.name
  await checkNobodyWasFaster(rollout, step)
}

/** The version of the launch template, one that an earlier run has left where it is the same. */
async function templateFor(
  { cloud, place }: Rollout,
  { template }: Goal,
  fleet: Fleet,
): Promise<LaunchTemplateVersion> {
  if ('version' in template) {
    const known = fleet.templates.find(({ version }) => version === template.version)
    if (known) return known
    throw new PackageError(
      'conflict',
      'TEMPLATE_VERSION_GONE',
      `version ${String(template.version)} of launch template ${place.templateName} is gone`,
      {
        hint: `package autoscale:update ${place.group} launches what the files say`,
      },
    )
  }
  const previous = fleet.live?.template
  const isSame = (each: Fleet['templates'][number]) =>
    each.digest === template.digest && each.previous === previous
  const known = fleet.templates.find(isSame)
  if (known) return known
  const [newest] = fleet.templates
  const description = templateDescription({ digest: template.digest, previous })
  const next: NewTemplateVersion = {
    description,
    specification: template.specification,
    clientToken: [place.templateName, newest?.version ?? 0, description].join(' '),
  }
  if (newest) return cloud.createTemplateVersion(newest.templateId, next)
  return createTemplate({ cloud, place }, next)
}

async function createTemplate(
  { cloud, place }: Pick<Rollout, 'cloud' | 'place'>,
  next: NewTemplateVersion,
): Promise<LaunchTemplateVersion> {
  try {
    return await cloud.createLaunchTemplate(place.templateName, next, groupTags(place.owner, place.group))
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'LAUNCH_TEMPLATE_EXISTS') throw error
    const [newest] = await cloud.templateVersions(place.templateName)
    if (newest === undefined) throw error
    return newest.description === next.description
      ? newest
      : cloud.createTemplateVersion(newest.templateId, next)
  }
}

async function createGroup(
  rollout: Rollout,
  step: CreateStep,
  template: LaunchTemplateVersion,
): Promise<void> {
  const { cloud, place } = rollout
  const { goal } = step
  const replaced = step.replaces === undefined ? undefined : await versionNow(rollout, step.replaces)
  const carried = replaced ? await cloud.groupSettings(replaced.group.name) : []
  const others = carried.filter((setting) => setting.kind === 'hook' && !isOurs(setting))
  const hooks: GroupSetting[] = [...goal.settings.filter(({ kind }) => kind === 'hook'), ...others]
  await cloud.createScalingGroup({
    name: step.name,
    template: { id: template.templateId, version: template.version },
    subnetIds: goal.subnetIds,
    targetGroupArns: goal.targetGroupArns,
    ...step.sizes,
    ...goal.timings,
    hooks,
    tags: {
      ...groupTags(place.owner, place.group),
      [rolloutTags.phase]: 'staging',
      [rolloutTags.digest]: goal.template.digest,
      [rolloutTags.owner]: ownerNow(rollout),
      ...(goal.commit !== undefined && { [rolloutTags.commit]: goal.commit }),
    },
    instanceTags: goal.instanceTags,
  })
}

/** The SDK repeats a call whose answer was lost, and then meets its own group. */
async function checkItIsOurs(rollout: Rollout, name: string, refusal: PackageError): Promise<void> {
  const version = (await readVersions(rollout.place)).find(({ group }) => group.name === name)
  if (version?.owner?.runId === rollout.me.runId) return
  if (version?.owner) throw atWork(name, version.owner, rollout.clock.now())
  throw new PackageError('conflict', 'ROLLOUT_OWNED', refusal.message, {
    hint: 'somebody else made it a moment ago: run the same command again in a minute',
    cause: refusal,
  })
}

/** A list of versions that was old by the time of the call: another run may have gone further since, and removed what had that number. */
async function checkNobodyWasFaster(rollout: Rollout, { name, number }: CreateStep): Promise<void> {
  const versions = await readVersions(rollout.place)
  const faster = versions.find((version) => version.number > number)
  if (faster === undefined) return
  await empty(rollout, name)
  await deleteVersion(rollout, name)
  if (faster.owner) throw atWork(faster.group.name, faster.owner, rollout.clock.now())
  throw new PackageError(
    'conflict',
    'ROLLOUT_OWNED',
    `${faster.group.name} was made by somebody else meanwhile`,
    {
      hint: 'run the same command again',
    },
  )
}
