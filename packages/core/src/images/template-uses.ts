import type { Cloud } from '../ports/cloud/cloud.ts'
import type { LaunchTemplateVersion } from '../ports/cloud/launch-templates.ts'

/** An image, and what uses it. */
export type ImageUse = readonly [imageId: string, reason: string]

/**
 * The images that launch templates may launch from next: of the default and the latest version of each, of the versions that
 * autoscale groups use, and of those that `autoscale:rollback` would return these to.
 */
export async function templateUses(cloud: Cloud): Promise<ImageUse[]> {
  const [current, groups] = await Promise.all([cloud.currentTemplateVersions(), cloud.scalingGroups()])
  const uses = current.flatMap((version) => useOf(version, version.isDefault ? 'default' : 'latest'))
  for (const { name, templates } of groups) {
    for (const { id, version } of templates) {
      if (!/^\d+$/.test(version)) continue
      const [used, before] = await cloud.templateVersionsUpTo(id, Number(version))
      if (used) uses.push(...useOf(used, `used by autoscale group ${name}`))
      if (before) uses.push(...useOf(before, `what ${name} would be rolled back to`))
    }
  }
  return uses
}

function useOf({ templateName, version, imageId }: LaunchTemplateVersion, why: string): ImageUse[] {
  if (imageId === undefined) return []
  return [[imageId, `launch template ${templateName}, version ${String(version)} (${why})`]]
}
