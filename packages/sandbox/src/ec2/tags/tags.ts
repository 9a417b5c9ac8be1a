import type { ResourceType, Tag, TagSpecification } from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'

/** EC2 User Guide, "Tag restrictions". */
const mostTags = 50

export function tagsOf(scope: Scope, id: string): Readonly<Record<string, string>> {
  const { tags } = scope.state.ec2
  return Object.hasOwn(tags, id) ? (tags[id] ?? {}) : {}
}

/** The tags as answers show them. */
export function tagList(scope: Scope, id: string): Tag[] {
  return Object.entries(tagsOf(scope, id)).map(([Key, Value]) => ({ Key, Value }))
}

/**
 * Puts the tags on a new resource that its request gives for resources of this type. Throws AwsError for tags that AWS
 * refuses.
 */
export function tagOnCreate(
  scope: Scope,
  id: string,
  type: ResourceType,
  specifications: readonly TagSpecification[] | undefined,
): void {
  const tags = (specifications ?? []).flatMap(({ ResourceType, Tags = [] }) =>
    ResourceType === type ? Tags : [],
  )
  if (tags.length > 0) setTags(scope, id, tags)
}

/** Throws AwsError for tags of resources that the operation does not make. */
export function checkTaggedTypes(
  specifications: readonly TagSpecification[] | undefined,
  types: readonly ResourceType[],
): void {
  for (const { ResourceType: type } of specifications ?? []) {
    if (type === undefined) throw missingParameter('TagSpecification.ResourceType')
    if (types.includes(type)) continue
    throw invalidParameterValue(`'${type}' is not a valid taggable resource type for this operation.`)
  }
}

/** Adds or replaces tags of a resource. Throws AwsError for tags that AWS refuses. */
export function setTags(scope: Scope, id: string, tags: readonly Tag[]): void {
  const merged = { ...tagsOf(scope, id) }
  for (const { Key: key = '', Value: value = '' } of tags) {
    checkTag(key, value)
    merged[key] = value
  }
  if (Object.keys(merged).filter((key) => !isOfAws(key)).length > mostTags) {
    throw new AwsError('TagLimitExceeded', `The maximum number of tags for a resource has been reached.`)
  }
  scope.state.ec2.tags[id] = merged
}

/** Puts tags on a resource that only AWS itself can: their keys start with `aws:`. */
export function tagByAws(scope: Scope, id: string, tags: Readonly<Record<string, string>>): void {
  scope.state.ec2.tags[id] = { ...tagsOf(scope, id), ...tags }
}

/** Removes the named tags, or all but those of AWS itself. */
export function removeTags(scope: Scope, id: string, tags: readonly Tag[] | undefined): void {
  const left = { ...tagsOf(scope, id) }
  const own = Object.keys(left).filter((key) => !isOfAws(key))
  for (const { Key: key = '', Value: value } of tags ?? own.map((Key): Tag => ({ Key }))) {
    if (isOfAws(key)) throw reservedKey()
    if (value === undefined || left[key] === value) delete left[key]
  }
  scope.state.ec2.tags[id] = left
}

/** A resource that is gone has no tags. */
export function forgetTags(scope: Scope, id: string): void {
  delete scope.state.ec2.tags[id]
}

function checkTag(key: string, value: string): void {
  if (key === '') throw new AwsError('MissingParameter', 'The request must contain the parameter Tag.Key')
  if (isOfAws(key)) throw reservedKey()
  if (key.length > 128) throw invalidParameterValue(`Tag key exceeds the maximum length of 128 characters`)
  if (value.length > 256) {
    throw invalidParameterValue(`Tag value exceeds the maximum length of 256 characters`)
  }
}

function isOfAws(key: string): boolean {
  return /^aws:/i.test(key)
}

function reservedKey(): AwsError {
  return invalidParameterValue("Tag keys starting with 'aws:' are reserved for internal use")
}
