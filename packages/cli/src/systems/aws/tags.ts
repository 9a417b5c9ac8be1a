import type { Filter, Tag } from '@aws-sdk/client-ec2'
import type { Tags } from '@package/core/ports/cloud/tags'

/** Keeps what carries all the tags. */
export function tagFilters(tags: Tags): Filter[] {
  return Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [literal(value)] }))
}

/** EC2 reads `*` and `?` in a filter's value as wildcards (EC2 User Guide, "List and filter your resources"). */
function literal(value: string): string {
  return value.replaceAll(/[\\*?]/g, String.raw`\$&`)
}

export function toTags(tags: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]))
}

export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}
