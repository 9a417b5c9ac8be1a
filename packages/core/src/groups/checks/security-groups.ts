import { cidrProblem } from '../cidr.ts'
import { didYouMean } from '../did-you-mean.ts'
import type { Nodes } from '../nodes.ts'
import type { Finding, Path } from '../problem.ts'
import type { IngressRule } from '../security-group.ts'

/** Every rule has ports that EC2 takes, and sources that are written as CIDRs or declared. */
export function checkSecurityGroups(nodes: Nodes): Finding[] {
  const findings = sourceListFindings(nodes)
  for (const [name, { ingress = [] }] of nodes.securityGroups) {
    for (const [index, rule] of ingress.entries()) {
      const path = ['__security_groups__', name, 'ingress', index]
      findings.push(...portFindings(rule, path))
      for (const [at, source] of rule.from.entries()) {
        const text = sourceProblem(nodes, source)
        if (text !== undefined) findings.push({ path: [...path, 'from', at], text })
      }
    }
  }
  return findings
}

function sourceListFindings({ settings, securityGroups }: Nodes): Finding[] {
  return Object.entries(settings.sources ?? {}).flatMap(([name, cidrs]) => {
    const path = ['__settings__', 'sources', name]
    const findings: Finding[] = cidrs.flatMap((cidr, index) => {
      const text = cidrProblem(cidr)
      return text === undefined ? [] : [{ path: [...path, index], text }]
    })
    if (securityGroups.has(name)) {
      findings.push({
        path,
        atKey: true,
        text: `"${name}" is a security group too; a rule could mean either, rename one`,
      })
    }
    return findings
  })
}

function portFindings({ protocol, ports }: IngressRule, path: Path): Finding[] {
  const at = [...path, 'ports']
  if (protocol === 'icmp' || protocol === 'all') {
    return ports === undefined ? [] : [{ path: at, text: `a rule for ${protocol} takes no "ports"` }]
  }
  if (ports === undefined) {
    return [{ path, text: `a rule for ${protocol} needs "ports", such as "22" or "7000-7010"` }]
  }
  const [low = 0, high = low] = ports.split('-').map(Number)
  if (high > 65535) return [{ path: at, text: `port ${String(high)} is above 65535` }]
  return low > high
    ? [{ path: at, text: `the range "${ports}" is reversed; write "${String(high)}-${String(low)}"` }]
    : []
}

function sourceProblem({ settings, securityGroups }: Nodes, source: string): string | undefined {
  if (source.includes('/') || /^[\d.]+$/.test(source) || source.includes(':')) return cidrProblem(source)
  const lists = Object.keys(settings.sources ?? {})
  if (source === 'my-ip' || securityGroups.has(source) || lists.includes(source)) return undefined
  const known = ['my-ip', ...securityGroups.keys(), ...lists]
  return (
    `"${source}" is not a declared security group, a list of __settings__.sources, a CIDR or "my-ip"` +
    didYouMean(source, known)
  )
}
