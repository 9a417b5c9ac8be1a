import { atWorkScript, firstBoot } from './at-work.ts'
import { precompiled } from './generated/templates.js'
import { type ChefInput, installChefScript, soloRb } from './image-scripts.ts'
import { renderPrecompiled } from './render.ts'

interface WhatToConverge {
  /** Of the run; letters, digits and `-`. */
  run: string
  /** SHA-256 of the bundle, in hexadecimal. */
  digest: string
  /** What chef-solo gets on the node. */
  dna: object
  chef: ChefInput
  whyRun: boolean
}

export interface DeployInput extends WhatToConverge {
  /** Whether the bundle comes on standard input. */
  brings: boolean
}

export interface AgentInput extends WhatToConverge {
  /** Where the bundle is to be had by who knows this. */
  url: string
  /** Whom it is for; what else gets it does nothing. */
  instanceIds: readonly string[]
}

/** What the script prints on a line of its own, behind `package:<run> `; all else are the words of Chef and of those it runs. */
export const deployMarks = {
  begun: 'begun',
  wantsBundle: 'wants-bundle',
  busy: 'busy ',
  step: 'step ',
} as const

/** In the DNA of a script for agents, what each instance puts its own id in the place of. */
export const ownInstanceId = '@instance-id@'

/**
 * The script that converges a node, for `sh`, run by root. It never ends with 255, which is ssh's own exit code, nor with 194, by
 * which an agent is told to reboot. Without the bundle it ends at once, and well, where the node has another one. A first boot that still
 * converges is waited for. Where that takes too long, or another run is at work on the node, it is `busy` with the process id and the run, and 75.
 */
export function deployScript({ brings, ...input }: DeployInput): string {
  return rendered(input, { brings, asks: !brings, agent: undefined })
}

/**
 * The same for the agents of Systems Manager, which keep the beginning of what is said: so that is the beginning and the end of it, and
 * all is in `/var/log/package/deploy.log`.
 */
export function agentScript({ url, instanceIds, ...input }: AgentInput): string {
  const agent = { url, instances: instanceIds.join(' '), ownId: ownInstanceId }
  return rendered(input, { brings: false, asks: false, agent })
}

function rendered(
  input: WhatToConverge,
  way: { brings: boolean; asks: boolean; agent: object | undefined },
): string {
  return renderPrecompiled(precompiled['deploy.sh'])({
    ...input,
    ...way,
    firstBoot,
    atWork: atWorkScript(input.run),
    installChef: installChefScript(input.chef).join('\n'),
    solo: soloRb(),
  })
}
