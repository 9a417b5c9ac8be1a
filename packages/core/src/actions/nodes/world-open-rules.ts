import type { Nodes } from '../../groups/nodes.ts'

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0'])
const publicPorts: ReadonlySet<string | undefined> = new Set(['80', '443'])

/** The declared rules that let the whole internet in, other than to the ports of a web server. */
export function worldOpenRules({ securityGroups, settings }: Nodes): string[] {
  const isOpen = (source: string) =>
    everywhere.has(source) || (settings.sources?.[source] ?? []).some((cidr) => everywhere.has(cidr))
  return [...securityGroups].flatMap(([name, { ingress = [] }]) =>
    ingress
      .filter(({ ports, from }) => !publicPorts.has(ports) && from.some(isOpen))
      .map(
        ({ protocol, ports }) =>
          `${name} lets the whole internet in: ${[protocol, ...(ports === undefined ? [] : [ports])].join(' ')}`,
      ),
  )
}
