import { precompiled } from './generated/templates.js'
import { renderPrecompiled } from './render.ts'

/** What a node's first boot and deploys know each other by. */
export const firstBoot = {
  /** In the place of a run, where it says that it is at work. */
  as: 'first-boot',
  /** How a line of its user data begins. */
  line: '# Made by package:',
  /** In seconds: how long a deploy waits for it before it gives up, or has the node for itself and goes on. */
  longestWait: 900,
} as const

/** Shell functions by which one script at a time has a node for itself; `as` is the run that the script is of. */
export function atWorkScript(as: string): string {
  return renderPrecompiled(precompiled['at-work.sh'])({ as }).trimEnd()
}
