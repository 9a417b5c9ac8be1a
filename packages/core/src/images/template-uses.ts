import { described, readTemplateDescription } from '../autoscale/template-description.ts'
import { lastOther } from '../autoscale/template-history.ts'
import type { LaunchTemplates, LaunchTemplateVersion } from '../ports/cloud/launch-templates.ts'
import type { ScalingGroups } from '../ports/cloud/scaling-groups.ts'

/** An image, and what uses it. */
export type ImageUse = readonly [imageId: string, reason: string]

type TemplatesAndGroups = Pick<LaunchTemplates, 'currentTemplateVersions' | 'templateVersionsUpTo'> &
  Pick<ScalingGroups, 'scalingGroups'>

/**
 * The images that launch templates may launch from next: of the default and the latest version of each, of the versions that
 * autoscale groups use, and of those that `autoscale:rollback` would return these to.
 */
export async function templateUses(cloud: TemplatesAndGroups): Promise<ImageUse[]> {
  const [current, groups] = await Promise.all([cloud.currentTemplateVersions(), cloud.scalingGroups()])
  const uses = current.flatMap((version) => useOf(version, version.isDefault ? 'default' : 'latest'))
  for (const { name, templates } of groups) {
    for (const { id, version } of templates) {
      if (!/^\d+$/.test(version)) continue
      const versions = await cloud.templateVersionsUpTo(id, Number(version))
      const used = versions.find((each) => each.version === Number(version))
      const before = versionBefore(Number(version), versions)
      if (used) uses.push(...useOf(used, `used by autoscale group ${name}`))
      if (before) uses.push(...useOf(before, `what ${name} would be rolled back to`))
    }
  }
  return uses
}

/**
 * What ran before a version: one of ours says it, since the next lower one may be of an update that failed. What others have made
 * does not, so the next lower one is a guess. `versions` are the highest first.
 */
function versionBefore(
  version: number,
  versions: readonly LaunchTemplateVersion[],
): LaunchTemplateVersion | undefined {
  const description = versions.find((each) => each.version === version)?.description ?? ''
  const ours = readTemplateDescription(description)
  if (ours === undefined) return versions.find((each) => each.version < version)
  return lastOther(versions.map(described), version, ours.digest)
}

function useOf({ templateName, version, imageId }: LaunchTemplateVersion, why: string): ImageUse[] {
  if (imageId === undefined) return []
  return [[imageId, `launch template ${templateName}, version ${String(version)} (${why})`]]
}
