import type { Filter } from '@aws-sdk/client-ec2'

import { invalidParameterValue } from '../aws-error.ts'

/** What a resource answers to each filter; undefined where it has no such value. */
export type FilterValues<T> = Readonly<
  Record<string, (resource: T) => string | readonly string[] | undefined>
>

/**
 * The resources that match all filters: any value of each, `*` and `?` as wildcards, `\` before a literal one
 * (EC2 User Guide, "List and filter your resources"). Throws AwsError for a filter that the resource does not have.
 */
export function matching<T>(
  resources: readonly T[],
  filters: readonly Filter[] | undefined,
  values: FilterValues<T>,
  tagsOf: (resource: T) => Readonly<Record<string, string>>,
): T[] {
  const tests = (filters ?? []).map(({ Name: name = '', Values: wanted = [] }) => {
    const valuesOf = valuesFor(name, values, tagsOf)
    const patterns = wanted.map(pattern)
    return (resource: T) => valuesOf(resource).some((value) => patterns.some((each) => each.test(value)))
  })
  return resources.filter((resource) => tests.every((test) => test(resource)))
}

function valuesFor<T>(
  name: string,
  values: FilterValues<T>,
  tagsOf: (resource: T) => Readonly<Record<string, string>>,
): (resource: T) => readonly string[] {
  if (name === 'tag-key') return (resource) => Object.keys(tagsOf(resource))
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length)
    return (resource) => {
      const tags = tagsOf(resource)
      return Object.hasOwn(tags, key) ? [tags[key] ?? ''] : []
    }
  }
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  if (value === undefined) throw invalidParameterValue(`The filter '${name}' is invalid`)
  return (resource) => {
    const answer = value(resource)
    return answer === undefined ? [] : typeof answer === 'string' ? [answer] : answer
  }
}

function pattern(wanted: string): RegExp {
  const source = wanted.replaceAll(
    /\\(.)|(.)/gs,
    (_, escaped: string | undefined, plain: string | undefined) => {
      if (plain === '*') return '.*'
      return plain === '?' ? '.' : literal(escaped ?? plain ?? '')
    },
  )
  return new RegExp(`^${source}$`, 's')
}

function literal(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/, String.raw`\$&`)
}
