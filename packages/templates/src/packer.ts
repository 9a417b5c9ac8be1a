import { precompiled } from './generated/templates.js'
import { imageScripts, type ImageScripts, type ImageScriptsInput } from './image-scripts.ts'
import { jsonDocument } from './json-document.ts'
import { renderPrecompiled } from './render.ts'

export interface Upload {
  /** A path in the project. */
  source: string
  /** A path below package-upload/ in the home of the builder's user. */
  destination: string
}

export interface PackerInput extends ImageScriptsInput {
  group: string
  /** The amazon-ebs builder; strings go through Packer's template engine. */
  builder: object
  uploads: readonly Upload[]
}

/**
 * What a template is given; a project's own templates/packer.json.hbs gets the same (docs/nodes-json.md). The sources of its
 * uploads are paths that Packer resolves.
 */
export interface PackerContext {
  group: string
  builder: object
  uploads: readonly Upload[]
  scripts: ImageScripts
}

export type Render = (context: PackerContext) => string

/** Packer's name for the folder of the template: the paths hold wherever Packer is started from. */
const project = '{{template_dir}}/..'

/**
 * packer/<group>.json: the amazon-ebs builder and the provisioners that make the image.
 * `render` is a project's own template; what it gives must be JSON with builders, or an Error says what it is.
 */
export function packerDocument(
  input: PackerInput,
  render: Render = renderPrecompiled(precompiled['packer.json']),
): string {
  const { group, builder } = input
  const uploads = input.uploads.map((upload) => ({ ...upload, source: `${project}/${upload.source}` }))
  const template: unknown = JSON.parse(render({ group, builder, uploads, scripts: imageScripts(input) }))
  if (!isTemplate(template)) throw new TypeError('it is JSON, but has no list of "builders"')
  return jsonDocument(template)
}

function isTemplate(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'builders' in value && Array.isArray(value.builders)
}
