import type { Nodes } from '../groups/nodes.ts'
import { sourceCidrs } from './source-cidrs.ts'

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0'])
const publicPorts: ReadonlySet<string | undefined> = new Set(['80', '443'])

/** The rules of these declared groups that let the whole internet in, other than to the ports of a web server. */
export function worldOpenRules({ securityGroups, settings }: Nodes, names: Iterable<string>): string[] {
  const isOpen = (source: string) => sourceCidrs(settings, source).some((cidr) => everywhere.has(cidr))
  return [...names].flatMap((name) =>
    (securityGroups.get(name)?.ingress ?? [])
      .filter(({ ports, from }) => !publicPorts.has(ports) && from.some(isOpen))
      .map(
        ({ protocol, ports }) =>
          `${name} lets the whole internet in: ${[protocol, ...(ports === undefined ? [] : [ports])].join(' ')}`,
      ),
  )
}
