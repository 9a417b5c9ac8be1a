import { ownedName, type Owner } from '../ownership.ts'
import type { Files } from '../ports/files.ts'

/** EC2 API Reference, CreateLaunchTemplate. */
const longest = 128

/** Of a group's launch template: what the longest of project, environment and group leave no room for becomes eight digits of its digest. */
export async function launchTemplateName(
  files: Pick<Files, 'digest'>,
  owner: Owner,
  group: string,
): Promise<string> {
  const name = ownedName(owner, group)
  if (name.length <= longest) return name
  const digest = await files.digest({ texts: [name], paths: [] })
  return `${name.slice(0, longest - 9)}-${digest.slice(0, 8)}`
}
