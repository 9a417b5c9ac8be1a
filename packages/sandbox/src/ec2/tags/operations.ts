import {
  CreateTags$,
  DeleteTags$,
  DescribeTags$,
  type CreateTagsRequest,
  type DeleteTagsRequest,
  type DescribeTagsRequest,
  type DescribeTagsResult,
} from '@aws-sdk/client-ec2'

import { matching } from '../../account/filters.ts'
import { page } from '../../account/pages.ts'
import { invalidParameterValue, missingParameter } from '../../aws-error.ts'
import { operation, type Scope } from '../../operation.ts'
import { checkTaggable, resourceTypeOf } from './taggable-resources.ts'
import { removeTags, setTags } from './tags.ts'

export const tagOperations = [
  operation(CreateTags$, createTags),
  operation(DeleteTags$, deleteTags),
  operation(DescribeTags$, describeTags),
]

/** EC2 API Reference, CreateTags and DeleteTags: resources per request. */
const mostResources = 1000

function createTags({ Resources, Tags = [] }: CreateTagsRequest, scope: Scope): undefined {
  if (Tags.length === 0) throw missingParameter('tagSet')
  for (const id of checkedResources(scope, Resources)) setTags(scope, id, Tags)
}

function deleteTags({ Resources, Tags }: DeleteTagsRequest, scope: Scope): undefined {
  for (const id of checkedResources(scope, Resources)) removeTags(scope, id, Tags)
}

function checkedResources(scope: Scope, ids: readonly string[] | undefined): readonly string[] {
  if (ids === undefined || ids.length === 0) throw missingParameter('resourceIdSet')
  if (ids.length > mostResources) {
    throw invalidParameterValue(`A request names at most ${String(mostResources)} resources.`)
  }
  for (const id of ids) checkTaggable(scope, id)
  return ids
}

function describeTags(input: DescribeTagsRequest, scope: Scope): DescribeTagsResult {
  const tags = Object.entries(scope.state.ec2.tags).flatMap(([id, each]) => {
    const type = resourceTypeOf(id)
    return type === undefined ? [] : Object.entries(each).map(([key, value]) => ({ id, type, key, value }))
  })
  const found = matching(
    tags,
    input.Filters,
    {
      key: ({ key }) => key,
      value: ({ value }) => value,
      'resource-id': ({ id }) => id,
      'resource-type': ({ type }) => type,
    },
    ({ key, value }) => ({ [key]: value }),
  )
  const { items, NextToken } = page(found, input)
  const shown = items.map(({ id, type, key, value }) => ({
    ResourceId: id,
    ResourceType: type,
    Key: key,
    Value: value,
  }))
  return { Tags: shown, NextToken }
}
