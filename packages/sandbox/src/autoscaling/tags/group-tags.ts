import type { Tag, TagDescription } from '@aws-sdk/client-auto-scaling'

import { AwsError } from '../../aws-error.ts'
import type { Group } from '../groups/group.ts'
import { required, validationError } from '../validation-error.ts'

export const resourceType = 'auto-scaling-group'

/** User Guide, "Tag Auto Scaling groups and instances". */
const mostTags = 50

/** Adds or replaces tags of the group; instances that it has keep theirs. Throws AwsError for tags that AWS refuses. */
export function putTags(group: Group, tags: readonly Tag[] | undefined): void {
  for (const tag of tags ?? []) {
    const key = checkedKey(tag.Key)
    if ((tag.ResourceType ?? resourceType) !== resourceType) {
      throw validationError(`Invalid tag resource type: ${String(tag.ResourceType)}`)
    }
    group.tags[key] = { value: tag.Value ?? '', propagates: tag.PropagateAtLaunch ?? false }
  }
  if (Object.keys(group.tags).length > mostTags) {
    throw new AwsError(
      'LimitExceeded',
      'The maximum number of tags for the Auto Scaling group has been reached.',
    )
  }
}

export function shownTags(group: Group): TagDescription[] {
  return Object.entries(group.tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, { value: Value, propagates: PropagateAtLaunch }]) => ({
      ResourceId: group.name,
      ResourceType: resourceType,
      Key,
      Value,
      PropagateAtLaunch,
    }))
}

function checkedKey(given: string | undefined): string {
  const key = required(given, 'tags.member.key')
  if (key === '' || key.length > 128) throw validationError('Tag keys have 1 to 128 characters.')
  if (/^aws:/i.test(key)) {
    throw validationError('Tag keys must not start with the reserved prefix aws:')
  }
  return key
}
