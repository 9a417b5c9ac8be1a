import type { Nodes } from '../nodes.ts'
import type { Finding } from '../problem.ts'

/** File systems and DNS ignore case, so two groups must differ in more. */
export function checkGroupNames(nodes: Nodes): Finding[] {
  const seen = new Map<string, string>()
  const findings: Finding[] = []
  for (const name of nodes.groups.keys()) {
    const other = seen.get(name.toLowerCase())
    if (other === undefined) seen.set(name.toLowerCase(), name)
    else {
      findings.push({
        path: [name],
        atKey: true,
        text: `differs from the group "${other}" only in case; rename one`,
      })
    }
  }
  return findings
}
