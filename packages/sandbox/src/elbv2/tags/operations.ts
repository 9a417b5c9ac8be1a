import {
  AddTags$,
  DescribeTags$,
  RemoveTags$,
  type AddTagsInput,
  type AddTagsOutput,
  type DescribeTagsInput,
  type DescribeTagsOutput,
  type RemoveTagsInput,
  type RemoveTagsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import { operation, type Scope } from '../../operation.ts'
import { listenerOf, loadBalancerOf, targetGroupOf } from '../known-resources.ts'
import { required, validationError } from '../validation-error.ts'
import { setTags, tagList } from './tags.ts'

export const tagOperations = [
  operation(AddTags$, addTags),
  operation(RemoveTags$, removeTags),
  operation(DescribeTags$, describeTags),
]

/** API Reference, DescribeTags: "You can specify up to 20 resources in a single call". */
const mostResources = 20

function addTags(input: AddTagsInput, scope: Scope): AddTagsOutput {
  const tags = required(input.Tags, 'tags')
  for (const arn of knownArns(input.ResourceArns, scope)) setTags(scope, arn, tags)
  return {}
}

/** A tag that is not there is no error. */
function removeTags(input: RemoveTagsInput, scope: Scope): RemoveTagsOutput {
  const keys = required(input.TagKeys, 'tagKeys')
  for (const arn of knownArns(input.ResourceArns, scope)) {
    const tags = scope.state.elbv2.tags[arn]
    for (const key of keys) delete tags?.[key]
  }
  return {}
}

function describeTags(input: DescribeTagsInput, scope: Scope): DescribeTagsOutput {
  const arns = knownArns(input.ResourceArns, scope)
  if (arns.length > mostResources) {
    throw validationError(`You can specify up to ${String(mostResources)} resources in a single call`)
  }
  return { TagDescriptions: arns.map((ResourceArn) => ({ ResourceArn, Tags: tagList(scope, ResourceArn) })) }
}

/** Each kind of resource has a code of its own where there is none. Throws AwsError. */
function knownArns(given: readonly string[] | undefined, scope: Scope): string[] {
  return required(given, 'resourceArns').map((arn) => {
    if (arn.includes(':targetgroup/')) return targetGroupOf(scope, arn).arn
    if (arn.includes(':listener/')) return listenerOf(scope, arn).arn
    return loadBalancerOf(scope, arn).arn
  })
}
