import type { Nodes } from '../groups/nodes.ts'
import type { IngressRule } from '../groups/security-group.ts'
import type { MyIp } from './my-ip.ts'
import { accessKey, type Permission, permissionKey } from './permission.ts'
import { sourceCidrs } from './source-cidrs.ts'

/** What a security group of nodes.json lets in. */
export interface DeclaredIngress {
  /** Each once; those of `my-ip` with the operator's own address. */
  permissions: Permission[]
  /** The access keys of `my-ip` rules: what other operators may have rules for. */
  myIpAccess: ReadonlySet<string>
}

/**
 * The rules of nodes.json as AWS keeps them: one for each protocol, range of ports and source. A `my-ip` rule for an address
 * that another rule names anyway is that rule.
 */
export function declaredIngress(nodes: Nodes, name: string, myIp: MyIp | undefined): DeclaredIngress {
  const rules = nodes.securityGroups.get(name)?.ingress ?? []
  const fixed = rules.flatMap((rule) =>
    rule.from
      .flatMap((source) => sourcesOf(nodes, source))
      .map((source): Permission => ({ ...reach(rule, source), source })),
  )
  const ofMyIp = rules.filter(({ from }) => from.includes('my-ip'))
  const own = myIp === undefined ? [] : ofMyIp.map((rule) => ownPermission(rule, myIp))
  // The last of a key stays: a fixed rule outlives the operator's address.
  const distinct = new Map([...own, ...fixed].map((permission) => [permissionKey(permission), permission]))
  return {
    permissions: [...distinct.values()],
    myIpAccess: new Set(ofMyIp.map((rule) => accessKey(reach(rule)))),
  }
}

function ownPermission(rule: IngressRule, { cidr, description }: MyIp): Permission {
  const source = { cidr }
  return { ...reach(rule, source), source, description }
}

function sourcesOf({ securityGroups, settings }: Nodes, source: string): Permission['source'][] {
  if (source === 'my-ip') return []
  if (securityGroups.has(source)) return [{ securityGroup: source }]
  return sourceCidrs(settings, source).map((cidr) => ({ cidr }))
}

/** What a rule gives access to. AWS knows ICMP for IPv6 as a protocol of its own (EC2 API Reference, IpPermission). */
function reach(
  { protocol, ports }: IngressRule,
  source?: Permission['source'],
): Pick<Permission, 'protocol' | 'fromPort' | 'toPort'> {
  const isIpv6 = source !== undefined && 'cidr' in source && source.cidr.includes(':')
  if (protocol === 'icmp' && isIpv6) return { protocol: 'icmpv6' }
  if (ports === undefined) return { protocol }
  const [fromPort = 0, toPort = fromPort] = ports.split('-').map(Number)
  return { protocol, fromPort, toPort }
}
