import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { required, validationError } from '../validation-error.ts'

/** User Guide, "Tags for your Application Load Balancer". */
const mostTags = 50

/** The tags that a new resource is given. Throws AwsError for those that AWS refuses. */
export function tagOnCreate(scope: Scope, arn: string, tags: readonly Tag[] | undefined): void {
  if (tags && tags.length > 0) setTags(scope, arn, tags)
}

/** Adds or replaces tags of a resource. Throws AwsError for those that AWS refuses. */
export function setTags({ state }: Scope, arn: string, tags: readonly Tag[]): void {
  const merged = { ...state.elbv2.tags[arn] }
  const seen = new Set<string>()
  for (const { Key, Value: value = '' } of tags) {
    const key = checkedKey(Key)
    if (seen.has(key)) throw new AwsError('DuplicateTagKeys', `Tag keys cannot be duplicated: '${key}'`)
    if (value.length > 256) throw validationError('Tag values cannot be longer than 256 characters')
    seen.add(key)
    merged[key] = value
  }
  if (Object.keys(merged).length > mostTags) {
    throw new AwsError('TooManyTags', `The maximum number of tags, ${String(mostTags)}, has been reached.`)
  }
  state.elbv2.tags[arn] = merged
}

export function tagList({ state }: Scope, arn: string): Tag[] {
  return Object.entries(state.elbv2.tags[arn] ?? {}).map(([Key, Value]) => ({ Key, Value }))
}

/** A resource that is gone has no tags. */
export function forgetTags({ state }: Scope, arn: string): void {
  delete state.elbv2.tags[arn]
}

function checkedKey(given: string | undefined): string {
  const key = required(given, 'tags.member.key')
  if (key === '' || key.length > 128) throw validationError('Tag keys must have 1 to 128 characters')
  if (/^aws:/i.test(key)) {
    throw validationError("Tag keys starting with 'aws:' are reserved for internal use")
  }
  return key
}
