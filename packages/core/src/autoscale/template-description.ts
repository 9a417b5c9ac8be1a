/** What a version of a launch template says of itself, in its description: versions have no tags. */
export interface TemplateDescription {
  /** Of the whole launch specification. */
  digest: string
  /** The version that was live when this one was made: what a rollback returns to. */
  previous: number | undefined
}

/** At most 255 characters (EC2 API Reference, CreateLaunchTemplateVersion). */
export function templateDescription({ digest, previous }: TemplateDescription): string {
  return previous === undefined ? `digest ${digest}` : `digest ${digest}, after ${String(previous)}`
}

/** What `templateDescription` has written; undefined for anything else. */
export function readTemplateDescription(text: string): TemplateDescription | undefined {
  const [, digest, previous] = /^digest ([0-9a-f]{64})(?:, after (\d+))?$/.exec(text) ?? []
  if (digest === undefined) return undefined
  return { digest, previous: previous === undefined ? undefined : Number(previous) }
}
