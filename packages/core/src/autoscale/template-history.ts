import type { TemplateDescription } from './template-description.ts'

/** How many versions a group can be rolled back, one after the other. */
const longestHistory = 10

/** A version of a launch template, by what it says of itself. */
type Described = TemplateDescription & { version: number }

/** A version, and those that it came after, one after the other; past each that is gone to the newest earlier one. */
export function history<Version extends Described>(templates: readonly Version[], from: number): Version[] {
  const found: Version[] = []
  for (let at = newestUpTo(templates, from); at !== undefined && found.length <= longestHistory;) {
    if (found.includes(at)) break
    found.push(at)
    at = at.previous === undefined ? undefined : newestUpTo(templates, at.previous)
  }
  return found
}

/** The versions which that history leads through and which are gone: somebody has deleted them, or they are too old to be kept. */
export function goneFrom(templates: readonly Described[], from: number): number[] {
  const numbers = [from, ...history(templates, from).flatMap(({ previous }) => previous ?? [])]
  return numbers.filter((number) => !templates.some(({ version }) => version === number))
}

/** What was never in charge is removed once another version is: any earlier one of ours has been. What others have made never was. */
function newestUpTo<Version extends Described>(
  templates: readonly Version[],
  number: number,
): Version | undefined {
  const itself = templates.find(({ version }) => version === number)
  const earlier = templates.filter(({ version, digest }) => version < number && digest !== '')
  return itself ?? earlier.sort((a, b) => b.version - a.version)[0]
}

/** The last one before something of that digest, from a version that is in charge: an update by force has left the same twice. */
export function lastOther<Version extends Described>(
  templates: readonly Version[],
  from: number,
  digest: string,
): Version | undefined {
  return history(templates, from).find((each) => each.digest !== digest)
}
