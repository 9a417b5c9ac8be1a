import type { AutoScalingGroupsType, AutoScalingGroupNamesType, Filter } from '@aws-sdk/client-auto-scaling'

import type { Scope } from '../../operation.ts'
import { recordPage } from '../record-pages.ts'
import { validationError } from '../validation-error.ts'
import { shownGroup } from './group-answer.ts'
import type { Group } from './group.ts'

/** Names that no group has are no error. */
export function describeAutoScalingGroups(
  input: AutoScalingGroupNamesType,
  scope: Scope,
): AutoScalingGroupsType {
  const names = new Set(input.AutoScalingGroupNames ?? [])
  const tests = (input.Filters ?? []).map(testOf)
  const found = Object.values(scope.state.autoscaling.groups)
    .filter(({ name }) => names.size === 0 || names.has(name))
    .filter(({ arn }) => scope.consistency.sees(arn))
    .filter((group) => tests.every((test) => test(group)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const { items, NextToken } = recordPage(found, input)
  return { AutoScalingGroups: items.map((group) => shownGroup(group, scope)), NextToken }
}

/** API Reference, DescribeAutoScalingGroups: any value of each filter, without wildcards. */
function testOf({ Name: name = '', Values: values = [] }: Filter): (group: Group) => boolean {
  if (name === 'tag-key') return ({ tags }) => values.some((key) => Object.hasOwn(tags, key))
  if (name === 'tag-value') {
    return ({ tags }) => Object.values(tags).some(({ value }) => values.includes(value))
  }
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length)
    return ({ tags }) => Object.hasOwn(tags, key) && values.includes(tags[key]?.value ?? '')
  }
  throw validationError(
    `Filter type ${name} is not correct. Allowed Filter types are: tag-key tag-value tag:<key>`,
  )
}
