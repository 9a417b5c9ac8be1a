import { packerDocument, type PackerInput, type Render } from '@package/templates/packer'
import { packerHclDocument } from '@package/templates/packer-hcl'

import { findCookbooks } from '../chef/cookbooks.ts'
import { roleNameOf } from '../chef/role.ts'
import { PackageError } from '../errors.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import type { Files, WantedFile } from '../ports/files.ts'
import { defaultChefVersion } from './default-chef.ts'
import { packerBuilder, packerSource, tagsLostOnPacker } from './packer-builder.ts'
import { otherPackerPath, packerFormat, packerPath } from './packer-path.ts'
import { imageContents } from './packer-uploads.ts'

/** A project's own template, used instead of the tool's for the legacy format. */
const ownTemplate = 'templates/packer.json.hbs'

export interface PackerFile {
  group: string
  file: WantedFile
  /** The cookbooks and data bags that the image is made with, by their paths in the project. */
  sources: string[]
  /** Data bags and items that the group names and that are not there, so that the image goes without them. */
  missingDataBags: string[]
  /** Tags of the group that the template cannot carry. */
  lostTags: string[]
  /** The group's template in the format that it has no longer. */
  stalePath: string | undefined
}

/**
 * Makes the template of one group after the other, with the project's own where it has one.
 * Throws PackageError (config) for a group that lacks something, for a template of the project's own that does not give JSON, and
 * for a group in HCL beside one.
 */
export async function packerFiles(
  files: Files,
  nodes: Nodes,
  groups: readonly Group[],
): Promise<PackerFile[]> {
  const template = files.read(ownTemplate)
  const render = template === undefined ? undefined : await compileOwnTemplate(template)
  const cookbooks = findCookbooks(files, nodes)
  return groups.map((group) => {
    const isHcl = packerFormat(group) === 'hcl'
    if (isHcl && render) throw ownTemplateIsLegacy(group)
    const { missingDataBags, sources, ...contents } = imageContents(files, nodes, group, cookbooks)
    const input: PackerInput = {
      group: group.name,
      builder: (isHcl ? packerSource : packerBuilder)(nodes.settings, group),
      ...contents,
      chef: { install: 'cinc', version: defaultChefVersion, ...group.fields.chef },
      dna: { id: group.name, package: { stage: 'image' }, run_list: [`role[${roleNameOf(group.name)}]`] },
    }
    const stalePath = otherPackerPath(group)
    return {
      group: group.name,
      file: {
        path: packerPath(group),
        text: isHcl ? packerHclDocument(input) : legacyDocument(input, render),
      },
      sources,
      missingDataBags,
      lostTags: tagsLostOnPacker(group.fields),
      stalePath: files.exists(stalePath) ? stalePath : undefined,
    }
  })
}

/** Without the project's template the image would silently be another one. */
function ownTemplateIsLegacy({ name }: Group): PackageError {
  return new PackageError(
    'config',
    'IMAGE_FORMAT',
    `${name}: image.format is "hcl", and ${ownTemplate} gives the legacy JSON`,
    { hint: `take "json", or remove ${ownTemplate}: there is no template of one's own for "hcl"` },
  )
}

/** Loads the whole of handlebars, which nothing else needs. */
async function compileOwnTemplate(source: string): Promise<Render> {
  const { compileTemplate } = await import('@package/templates/compile')
  try {
    return compileTemplate(source)
  } catch (error) {
    throw templateError(error)
  }
}

function legacyDocument(input: PackerInput, render: Render | undefined): string {
  if (!render) return packerDocument(input)
  try {
    return packerDocument(input, render)
  } catch (error) {
    throw templateError(error)
  }
}

function templateError(cause: unknown): PackageError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new PackageError(
    'config',
    'TEMPLATE_INVALID',
    `${ownTemplate} gives no Packer template: ${reason}`,
    {
      hint: "Packer's own {{…}} is written \\{{…}}, and every string {{json name}}; what a template is given is in docs/nodes-json.md",
      cause,
    },
  )
}
