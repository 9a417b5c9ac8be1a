import type { RolloutStep } from '../src/autoscale/rollout-step.ts'

/** `empty 0`: what is done to which version. */
export function words(steps: readonly RolloutStep[]): string[] {
  return steps.map((step) => ('name' in step ? `${step.do} ${String(Number(step.name.slice(-3)))}` : step.do))
}

/** How a version goes, with what comes in its place, if anything. */
export const removed = (number: number, next?: number) => [
  `detach ${String(number)}`,
  ...(next === undefined ? [] : [`confirm-healthy ${String(next)}`]),
  `empty ${String(number)}`,
  `delete-version ${String(number)}`,
]

/** How one that is in charge goes. */
export const retired = (number: number, next?: number) => [
  `retire ${String(number)}`,
  ...removed(number, next),
]

const waits = (number: number) =>
  ['await-healthy', 'await-others', 'match-capacity'].map((each) => `${each} ${String(number)}`)

/** How what was claimed is left. */
export const done = (number: number) => [`tidy-template ${String(number)}`, `release ${String(number)}`]

/** How one that is in charge is replaced by the next one. */
export const replaced = (next: number, live: number) => [
  `create-version ${String(next)}`,
  `freeze ${String(live)}`,
  ...waits(next),
  `promote ${String(next)}`,
  ...retired(live, next),
  ...done(next),
]
