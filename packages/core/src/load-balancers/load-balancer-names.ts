import type { Group } from '../groups/nodes.ts'
import { ownedName, type Owner } from '../ownership.ts'
import { listenerTarget } from './listener-target.ts'

/** SHA-256 in hexadecimal. */
export type Digest = (text: string) => string | Promise<string>

/** By what a group's load balancer and all that belongs to it is found, also when nodes.json declares none any more. */
export interface LoadBalancerNames {
  owner: Owner
  group: string
  loadBalancer: string
  /** What the names of its target groups begin with, of those too that are not declared any more. */
  targetGroupPrefix: string
  /** Of the declared target groups, by the ports of their listeners. */
  targetGroups: ReadonlyMap<number, string>
}

/** Of a name, for load balancers and target groups alike (ELBv2 API Reference, CreateLoadBalancer, CreateTargetGroup). */
const longest = 32
const digits = 8
const longestSlug = longest - digits - 1

/**
 * The names on AWS of what a group's `load_balancer` declares. A target group cannot change its port or protocol, so both are part of
 * what is hashed: another port is another target group.
 */
export async function loadBalancerNames(
  owner: Owner,
  { name, fields }: Group,
  digest: Digest,
): Promise<LoadBalancerNames> {
  const slug = slugOf([owner.environment, name].filter((part) => part !== undefined).join('-'))
  const hashed = ownedName(owner, name)
  const named = async (text: string) => `${slug}-${(await digest(text)).slice(0, digits)}`
  const listeners = fields.load_balancer ? (fields.load_balancer.listeners ?? []) : []
  const targetGroups = listeners.map(async (listener) => {
    const { port, protocol } = listenerTarget(listener)
    const text = [hashed, listener.port, protocol, port].join('/')
    return [listener.port, await named(text)] as const
  })
  return {
    owner,
    group: name,
    loadBalancer: await named(hashed),
    targetGroupPrefix: `${slug}-`,
    targetGroups: new Map(await Promise.all(targetGroups)),
  }
}

/** Never empty: names of groups and environments begin with a letter or digit. */
function slugOf(text: string): string {
  const slug = text.replaceAll(/[^A-Za-z0-9]+/g, '-')
  // AWS keeps names that begin with internal- for itself (ELBv2 API Reference, CreateLoadBalancer).
  const allowed = /^internal(-|$)/i.test(slug) ? `lb-${slug}` : slug
  return allowed.slice(0, longestSlug).replace(/-$/, '')
}
