import type { PackerFile } from '../generated-files/packer-file.ts'
import type { Group } from '../groups/nodes.ts'
import type { Files, WantedFile } from '../ports/files.ts'

/**
 * What an image is made of, as one digest: the merged group, its template and roles, cookbooks and data bags, and the image that
 * it starts from. Two builds with the same digest would make the same image.
 */
export function imageDigest(
  files: Files,
  group: Group,
  made: { template: PackerFile; roles: readonly WantedFile[]; sourceImageId: string },
): Promise<string> {
  const { template, roles, sourceImageId } = made
  const texts = [
    JSON.stringify(group.fields),
    template.file.text,
    ...roles.flatMap(({ path, text }) => [path, text]),
    sourceImageId,
  ]
  return files.digest({ texts, paths: template.sources })
}
