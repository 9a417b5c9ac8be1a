import { hostCidr } from '../groups/cidr.ts'
import type { Nodes } from '../groups/nodes.ts'

/** The operator's own source of `my-ip` rules. */
export interface MyIp {
  cidr: string
  /** Says whose rule it is. */
  description: string
}

const mark = 'my-ip '

/** EC2 takes at most 255 of these characters (EC2 API Reference, IpRange). */
const refused = /[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g

/** Whether a rule is a `my-ip` rule, whoever made it. */
export function isOfMyIp(description: string | undefined): boolean {
  return description?.startsWith(mark) ?? false
}

/** Asks for the operator's address only where one of these declared groups has a `my-ip` rule. */
export async function myIpFor(
  { nodes, operator, myIp }: { nodes: Nodes; operator: string; myIp: () => Promise<string> },
  names: Iterable<string>,
): Promise<MyIp | undefined> {
  const sources = [...names].flatMap((name) => nodes.securityGroups.get(name)?.ingress ?? [])
  if (!sources.some(({ from }) => from.includes('my-ip'))) return undefined
  return { cidr: hostCidr(await myIp()), description: myIpDescription(operator) }
}

/** The description of an operator's `my-ip` rules, in the characters that EC2 takes. */
export function myIpDescription(operator: string): string {
  return `${mark}${operator}`.replaceAll(refused, '_').slice(0, 255)
}
