/** What a version of a launch template says of itself, in its description: versions have no tags. */
export interface TemplateDescription {
  /** Of the whole launch specification. */
  digest: string
  /** The version of another digest that was live before this one: what a rollback returns to. */
  previous: number | undefined
}

/** At most 255 characters (EC2 API Reference, CreateLaunchTemplateVersion). */
export function templateDescription({ digest, previous }: TemplateDescription): string {
  return previous === undefined ? `digest ${digest}` : `digest ${digest}, after ${String(previous)}`
}

/** A version with what it says of itself; of one that others have made, nothing is known. */
export function described<Some extends { description: string }>(version: Some): Some & TemplateDescription {
  const { digest = '', previous } = readTemplateDescription(version.description) ?? {}
  return { ...version, digest, previous }
}

/** What `templateDescription` has written; undefined for anything else. */
export function readTemplateDescription(text: string): TemplateDescription | undefined {
  const [, digest, previous] = /^digest ([0-9a-f]{64})(?:, after (\d+))?$/.exec(text) ?? []
  if (digest === undefined) return undefined
  return { digest, previous: previous === undefined ? undefined : Number(previous) }
}
