import { didYouMean } from '../did-you-mean.ts'
import type { Group, Nodes } from '../nodes.ts'
import { originOf } from '../origin.ts'
import type { Finding } from '../problem.ts'
import type { ValidPart } from '../valid-part.ts'

/** Every service that a group consumes is provided by a group or attached to it, and every `once` step has its own name. */
export function checkServices(nodes: Nodes, isDoubtful: ValidPart['isDoubtful']): Finding[] {
  const groups = [...nodes.groups.values()]
  const provided = new Set(
    groups.flatMap(({ fields }) => (fields.provides ?? []).map(({ service }) => service)),
  )
  const someAreUnknown = groups.some(({ name }) =>
    ['provides', 'attached_services'].some((field) => isDoubtful(name, field)),
  )
  return groups.flatMap((group) => [
    ...(someAreUnknown ? [] : unprovided(nodes, group, provided)),
    ...repeatedSteps(nodes, group),
  ])
}

function unprovided(nodes: Nodes, group: Group, provided: ReadonlySet<string>): Finding[] {
  const attached = Object.keys(group.fields.attached_services ?? {})
  return (group.fields.consumes ?? []).flatMap((service, index) => {
    if (provided.has(service) || attached.includes(service)) return []
    const text = `no group provides the service "${service}"${didYouMean(service, [...provided, ...attached])}`
    return [{ path: originOf(nodes, group, ['consumes', index]), text }]
  })
}

function repeatedSteps(nodes: Nodes, group: Group): Finding[] {
  const seen = new Set<string>()
  return (group.fields.once ?? []).flatMap(({ name }, index) => {
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    return [{ path: originOf(nodes, group, ['once', index]), text: `the step "${name}" is there twice` }]
  })
}
