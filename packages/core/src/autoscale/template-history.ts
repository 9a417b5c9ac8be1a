import type { TemplateDescription } from './template-description.ts'

/** How many versions a group can be rolled back, one after the other. */
const longestHistory = 10

/** A version of a launch template, by what it says of itself. */
type Described = TemplateDescription & { version: number }

/** A version, and those that it came after, one after the other; none where it is gone. */
export function history<Version extends Described>(templates: readonly Version[], from: number): Version[] {
  const byNumber = new Map(templates.map((each) => [each.version, each]))
  const found: Version[] = []
  for (let at = byNumber.get(from); at !== undefined && found.length <= longestHistory;) {
    if (found.includes(at)) break
    found.push(at)
    at = at.previous === undefined ? undefined : byNumber.get(at.previous)
  }
  return found
}

/** The last one before something of that digest, from a version that is in charge: an update by force has left the same twice. */
export function lastOther<Version extends Described>(
  templates: readonly Version[],
  from: number,
  digest: string,
): Version | undefined {
  return history(templates, from).find((each) => each.digest !== digest)
}
