import {
  CreateOrUpdateTags$,
  DeleteTags$,
  DescribeTags$,
  type CreateOrUpdateTagsType,
  type DeleteTagsType,
  type DescribeTagsType,
  type Filter,
  type TagDescription,
  type TagsType,
} from '@aws-sdk/client-auto-scaling'

import { operation, type Scope } from '../../operation.ts'
import { groupNamed } from '../groups/known-groups.ts'
import { recordPage } from '../record-pages.ts'
import { validationError } from '../validation-error.ts'
import { putTags, shownTags } from './group-tags.ts'

export const tagOperations = [
  operation(CreateOrUpdateTags$, createOrUpdateTags),
  operation(DeleteTags$, deleteTags),
  operation(DescribeTags$, describeTags),
]

function createOrUpdateTags({ Tags: tags = [] }: CreateOrUpdateTagsType, scope: Scope): undefined {
  for (const tag of tags) putTags(groupNamed(scope, tag.ResourceId), [tag])
}

/** A tag that is not there is no error; with a value, only that one is removed. */
function deleteTags({ Tags: tags = [] }: DeleteTagsType, scope: Scope): undefined {
  for (const { ResourceId, Key: key = '', Value: value } of tags) {
    const group = groupNamed(scope, ResourceId)
    if (value === undefined || value === '' || group.tags[key]?.value === value) delete group.tags[key]
  }
}

function describeTags(input: DescribeTagsType, scope: Scope): TagsType {
  const tests = (input.Filters ?? []).map(testOf)
  const tags = Object.values(scope.state.autoscaling.groups).flatMap(shownTags)
  const found = tags.filter((tag) => tests.every((test) => test(tag)))
  const { items, NextToken } = recordPage(found, input)
  return { Tags: items, NextToken }
}

function testOf({ Name: name = '', Values: values = [] }: Filter): (tag: TagDescription) => boolean {
  switch (name) {
    case 'auto-scaling-group':
      return ({ ResourceId = '' }) => values.includes(ResourceId)
    case 'key':
      return ({ Key = '' }) => values.includes(Key)
    case 'value':
      return ({ Value = '' }) => values.includes(Value)
    case 'propagate-at-launch':
      return ({ PropagateAtLaunch }) => values.includes(String(PropagateAtLaunch))
    default:
      throw validationError(
        `Filter type ${name} is not correct. Allowed Filter types are: auto-scaling-group key value propagate-at-launch`,
      )
  }
}
