import { precompiled } from './generated/templates.js'
import { jsonDocument } from './json-document.ts'
import { renderPrecompiled } from './render.ts'

export interface Upload {
  /** A path that Packer resolves; relative to the template's folder with {{template_dir}}. */
  source: string
  /** A path below package-upload/ in the home of the builder's user. */
  destination: string
}

export interface ChefInput {
  install: 'cinc' | 'omnitruck' | 'gem' | 'none'
  /** One to three numbers, such as 18 or 18.11.11. */
  version: string
}

export interface PackerInput {
  group: string
  /** The members of the amazon-ebs builder; strings go through Packer's template engine. */
  builder: object
  uploads: readonly Upload[]
  /** The folders that uploads go to, below package-upload/. */
  folders: readonly string[]
  chef: ChefInput
  /** What chef-solo gets while the image is made. */
  dna: object
}

/** What a template is given; a project's own templates/packer.json.hbs gets the same (docs/nodes-json.md). */
export interface PackerContext {
  group: string
  builder: object
  uploads: readonly Upload[]
  scripts: Record<'prepareUpload' | 'installChef' | 'converge' | 'cleanUp', string[]>
}

export type Render = (context: PackerContext) => string

/**
 * packer/<group>.json: the amazon-ebs builder and the provisioners that make the image.
 * `render` is a project's own template; what it gives must be JSON with builders, or an Error says what it is.
 */
export function packerDocument(
  input: PackerInput,
  render: Render = renderPrecompiled(precompiled['packer.json']),
): string {
  const { group, builder, uploads } = input
  const template: unknown = JSON.parse(render({ group, builder, uploads, scripts: scriptsOf(input) }))
  if (!isTemplate(template)) throw new TypeError('it is JSON, but has no list of "builders"')
  return jsonDocument(template)
}

function isTemplate(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'builders' in value && Array.isArray(value.builders)
}

function scriptsOf({ folders, chef, dna }: PackerInput): PackerContext['scripts'] {
  return {
    prepareUpload: script('prepare-upload.sh', { folders }),
    installChef: script('install-chef.sh', installation(chef)),
    converge: script('converge.sh', { dna }),
    cleanUp: script('clean-up.sh', {}),
  }
}

function script(name: keyof typeof precompiled, context: object): string[] {
  return renderPrecompiled(precompiled[name])(context).trimEnd().split('\n')
}

/** Cinc's and Chef's installers are the same script from two places; RubyGems has Chef only. */
function installation({ install, version }: ChefInput) {
  const scripts = {
    cinc: { script: 'https://omnitruck.cinc.sh/install.sh', product: 'cinc' },
    omnitruck: { script: 'https://omnitruck.chef.io/install.sh', product: 'chef' },
    gem: { script: '', product: '' },
    none: { script: '', product: '' },
  }
  return {
    version,
    ...scripts[install],
    gem: install === 'gem' ? gemRequirement(version) : '',
    none: install === 'none',
  }
}

/** `18` as RubyGems says "any 18": `~> 18.0`. A version of three numbers is meant exactly. */
function gemRequirement(version: string): string {
  return version.split('.').length === 3 ? version : `~> ${version}.0`
}
