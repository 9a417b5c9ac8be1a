import type { Filter } from '@aws-sdk/client-ec2'

import { matching, type FilterValues } from '../account/filters.ts'
import type { AwsError } from '../aws-error.ts'
import type { Scope } from '../operation.ts'
import { tagsOf } from './tags/tags.ts'

export interface Selection<T> {
  /** Resources of one kind, by id. */
  from: Readonly<Record<string, T>>
  /** The ids that the caller names; all without them. */
  ids: readonly string[] | undefined
  notFound: (ids: readonly string[]) => AwsError
  filters: readonly Filter[] | undefined
  values: FilterValues<T>
  idOf: (resource: T) => string
}

/**
 * What a Describe operation answers about: the named resources or all, as far as reads see them already, that match every
 * filter. Throws AwsError for an id that does not exist.
 */
export function selectResources<T>(scope: Scope, selection: Selection<T>): T[] {
  const { from, ids, notFound, filters, values, idOf } = selection
  const visible = (id: string) => Object.hasOwn(from, id) && scope.consistency.sees(id)
  if (ids && ids.length > 0) {
    const missing = [...new Set(ids)].filter((id) => !visible(id))
    if (missing.length > 0) throw notFound(missing)
  }
  const wanted = ids && ids.length > 0 ? new Set(ids) : undefined
  const resources = Object.entries(from).flatMap(([id, resource]) =>
    (wanted ? wanted.has(id) : visible(id)) ? [resource] : [],
  )
  return matching(resources, filters, values, (resource) => tagsOf(scope, idOf(resource)))
}
