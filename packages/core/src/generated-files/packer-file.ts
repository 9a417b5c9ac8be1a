import { packerDocument, type PackerInput, type Render } from '@package/templates/packer'

import { findCookbooks } from '../chef/cookbooks.ts'
import { roleNameOf } from '../chef/role.ts'
import { PackageError } from '../errors.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import type { Files, WantedFile } from '../ports/files.ts'
import { packerBuilder, tagsLostOnPacker } from './packer-builder.ts'
import { imageContents } from './packer-uploads.ts'

/** A project's own template, used instead of the tool's. */
const ownTemplate = 'templates/packer.json.hbs'

/** The newest line of Chef that runs without a licence key. */
const defaultChefVersion = '18'

export interface PackerFile {
  group: string
  file: WantedFile
  /** The cookbooks and data bags that the image is made with, by their paths in the project. */
  sources: string[]
  /** Data bags and items that the group names and that are not there, so that the image goes without them. */
  missingDataBags: string[]
  /** Tags of the group that the template cannot carry. */
  lostTags: string[]
}

/**
 * Makes packer/<group>.json of one group after the other, with the project's own template where it has one.
 * Throws PackageError (config) for a group that lacks something and for a template that does not give JSON.
 */
export async function packerFiles(
  files: Files,
  nodes: Nodes,
  groups: readonly Group[],
): Promise<PackerFile[]> {
  const template = files.read(ownTemplate)
  const render = template === undefined ? undefined : await compileOwnTemplate(template)
  const cookbooks = findCookbooks(files, nodes)
  groups.forEach(refuseHcl)
  return groups.map((group) => {
    const { missingDataBags, sources, ...contents } = imageContents(files, nodes, group, cookbooks)
    const input: PackerInput = {
      group: group.name,
      builder: packerBuilder(nodes.settings, group),
      ...contents,
      chef: { install: 'cinc', version: defaultChefVersion, ...group.fields.chef },
      dna: { id: group.name, package: { stage: 'image' }, run_list: [`role[${roleNameOf(group.name)}]`] },
    }
    const text = render ? templated(input, render) : packerDocument(input)
    return {
      group: group.name,
      file: { path: `packer/${group.name}.json`, text },
      sources,
      missingDataBags,
      lostTags: tagsLostOnPacker(group.fields),
    }
  })
}

/** The schema has the format already, so that no nodes.json has to change when it is written. */
function refuseHcl({ name, fields }: Group): void {
  if (fields.image?.format !== 'hcl') return
  throw new PackageError('config', 'IMAGE_FORMAT', `${name}: image.format "hcl" cannot be written yet`, {
    hint: 'take "json", which is the default',
  })
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

function templated(input: PackerInput, render: Render): string {
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
