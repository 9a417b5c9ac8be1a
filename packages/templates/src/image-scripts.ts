import { precompiled } from './generated/templates.js'
import { renderPrecompiled } from './render.ts'

export interface ChefInput {
  install: 'cinc' | 'omnitruck' | 'gem' | 'none'
  /** One to three numbers, such as 18 or 18.11.11. */
  version: string
}

export interface ImageScriptsInput {
  /** The folders that uploads go to, below package-upload/. */
  folders: readonly string[]
  chef: ChefInput
  /** What chef-solo gets while the image is made. */
  dna: object
}

/** Shell lines, in the order in which they run; the uploads come after the first. */
export type ImageScripts = Record<'prepareUpload' | 'installChef' | 'converge' | 'cleanUp', string[]>

/** What runs on the builder, the same in every format of the template. */
export function imageScripts({ folders, chef, dna }: ImageScriptsInput): ImageScripts {
  return {
    prepareUpload: script('prepare-upload.sh', { folders }),
    installChef: installChefScript(chef),
    converge: script('converge.sh', { dna, solo: soloRb() }),
    cleanUp: script('clean-up.sh', {}),
  }
}

/** Shell lines that leave a chef-solo of the wanted version, or end with a failure. */
export function installChefScript(chef: ChefInput): string[] {
  return script('install-chef.sh', installation(chef))
}

/** Chef's configuration: everything lies beside it. */
export function soloRb(): string {
  return script('solo.rb', {}).join('\n')
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
