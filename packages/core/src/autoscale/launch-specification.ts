import type { Group } from '../groups/nodes.ts'
import type { UserData } from '../launch/user-data.ts'
import type { Files } from '../ports/files.ts'
import type { LaunchSpecification } from '../ports/cloud/launch-templates.ts'
import type { Tags } from '../ports/cloud/tags.ts'

/** What of a launch specification is not the group's own word. */
export interface LaunchParts {
  imageId: string
  securityGroupIds: string[]
  userData: UserData
  /** Of instances and volumes. */
  tags: Tags
}

/** What a group's instances are launched from. */
export function launchSpecification({ fields }: Group, parts: LaunchParts): LaunchSpecification {
  const { imageId, securityGroupIds, userData, tags } = parts
  const { key_name, iam_instance_profile: profile } = fields
  return {
    imageId,
    instanceType: fields.instance_type ?? '',
    ...(key_name !== undefined && { keyName: key_name }),
    securityGroupIds,
    blockDevices: fields.block_devices ?? [],
    ...(profile !== undefined && { iamInstanceProfile: profile }),
    metadataOptions: fields.metadata_options ?? {},
    userData: userData.text,
    tags,
  }
}

/** What tells two launch specifications apart: all of it, but no timing. */
export async function specificationDigest(
  files: Pick<Files, 'digest'>,
  specification: LaunchSpecification,
  { digested }: UserData,
): Promise<string> {
  const text = canonical({ ...specification, userData: digested })
  return files.digest({ texts: [text], paths: [] })
}

/** The order in which nodes.json names something changes nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
