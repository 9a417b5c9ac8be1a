import { PackageError } from '../errors.ts'
import { groupTags } from '../instances/group-instances.ts'
import type { LaunchTemplateVersion, NewTemplateVersion } from '../ports/cloud/launch-templates.ts'
import type { Version } from './fleet.ts'
import type { Rollout } from './rollout.ts'
import type { CreateStep } from './rollout-step.ts'
import { templateDescription } from './template-description.ts'

/** The version of the launch template that the next version of the group launches from; made where there is none. */
export async function makeTemplate(
  rollout: Rollout,
  { template, goal }: CreateStep,
): Promise<{ id: string; version: number }> {
  const { place, cloud } = rollout
  const { id, version, previous, newest } = template
  if (id !== undefined && version !== undefined) return { id, version }
  if ('version' in goal.template) throw isGone(rollout, goal.template.version)
  const description = templateDescription({ digest: goal.template.digest, previous })
  const next: NewTemplateVersion = {
    description,
    specification: goal.template.specification,
    // What another run has made may be removed by now: its token would give that again.
    clientToken: [rollout.me.runId, place.templateName, newest, description].join(' '),
  }
  const made =
    id === undefined ? await firstVersion(rollout, next) : await cloud.createTemplateVersion(id, next)
  return { id: made.templateId, version: made.version }
}

/** Of two that start the group at once, the other may have made the template already. */
async function firstVersion(
  { cloud, place }: Rollout,
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

/** Removes what was made for a version that somebody else was faster to make; not where they use it. */
export async function forgetTemplate(
  { cloud, place }: Rollout,
  { template, goal }: CreateStep,
  versions: readonly Version[],
): Promise<void> {
  const made = templateDescription({ digest: goal.template.digest, previous: template.previous })
  const used = new Set(versions.map((version) => version.template))
  const all = await cloud.templateVersions(place.templateName)
  const left = all.find(
    ({ description, version, isDefault }) => description === made && !isDefault && !used.has(version),
  )
  if (template.version !== undefined || left === undefined) return
  await cloud.deleteTemplateVersions(left.templateId, [left.version])
}

function isGone({ place }: Rollout, version: number): PackageError {
  return new PackageError(
    'conflict',
    'TEMPLATE_VERSION_GONE',
    `version ${String(version)} of launch template ${place.templateName} is gone`,
    { hint: `package autoscale:update ${place.group} launches what the files say` },
  )
}
