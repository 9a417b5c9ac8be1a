import { didYouMean } from '../did-you-mean.ts'
import type { Group, Nodes } from '../nodes.ts'
import { originOf } from '../origin.ts'
import type { Finding } from '../problem.ts'

/** Every `depends_on` names a group, and no group waits for itself, directly or through others. */
export function checkDependencies(nodes: Nodes): Finding[] {
  const findings = [...nodes.groups.values()].flatMap((group) => unknownDependencies(nodes, group))
  return findings.length > 0 ? findings : cycles(nodes)
}

function unknownDependencies(nodes: Nodes, group: Group): Finding[] {
  return (group.fields.depends_on ?? []).flatMap((name, index) => {
    if (nodes.groups.has(name)) return []
    const text = `"${name}" is not a group${didYouMean(name, [...nodes.groups.keys()])}`
    return [{ path: originOf(nodes, group, ['depends_on', index]), text }]
  })
}

/** Walks the graph depth first without recursion: a chain of ten thousand groups must not overflow the stack. */
function cycles(nodes: Nodes): Finding[] {
  const done = new Set<string>()
  const findings: Finding[] = []
  for (const start of nodes.groups.keys()) {
    const trail: { name: string; next: number }[] = [{ name: start, next: 0 }]
    const onTrail = new Set([start])
    while (!done.has(start)) {
      const step = trail.at(-1) as { name: string; next: number }
      const group = nodes.groups.get(step.name) as Group
      const dependency = group.fields.depends_on?.[step.next]
      if (dependency === undefined) {
        done.add(step.name)
        onTrail.delete(step.name)
        trail.pop()
      } else if (onTrail.has(dependency)) {
        findings.push(cycleFinding(nodes, group, step.next, trail, dependency))
        step.next++
      } else {
        step.next++
        if (done.has(dependency)) continue
        trail.push({ name: dependency, next: 0 })
        onTrail.add(dependency)
      }
    }
  }
  return findings
}

function cycleFinding(
  nodes: Nodes,
  group: Group,
  index: number,
  trail: readonly { name: string }[],
  dependency: string,
): Finding {
  const names = trail.map((step) => step.name)
  const circle = [...names.slice(names.indexOf(dependency)), dependency].join(' → ')
  return {
    path: originOf(nodes, group, ['depends_on', index]),
    text: `the groups depend on each other in a circle: ${circle}`,
  }
}
