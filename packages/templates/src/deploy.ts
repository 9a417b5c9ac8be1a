import { precompiled } from './generated/templates.js'
import { type ChefInput, installChefScript, soloRb } from './image-scripts.ts'
import { renderPrecompiled } from './render.ts'

export interface DeployInput {
  /** Of the run; letters, digits and `-`. */
  run: string
  /** SHA-256 of the bundle, in hexadecimal. */
  digest: string
  /** Whether the bundle comes on standard input. */
  brings: boolean
  /** What chef-solo gets on the node. */
  dna: object
  chef: ChefInput
  whyRun: boolean
}

/** What the script prints on a line of its own, behind `package:<run> `; all else are the words of Chef and of those it runs. */
export const deployMarks = { begun: 'begun', wantsBundle: 'wants-bundle', step: 'step ' } as const

/**
 * The script that converges a node, for `sh`, run by root. It never ends with 255, which is ssh's own exit code. Without the bundle
 * it ends at once, and well, where the node has another one.
 */
export function deployScript(input: DeployInput): string {
  return renderPrecompiled(precompiled['deploy.sh'])({
    ...input,
    installChef: installChefScript(input.chef).join('\n'),
    solo: soloRb(),
  })
}
