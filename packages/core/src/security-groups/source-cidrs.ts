import { canonicalCidr } from '../groups/cidr.ts'
import type { Settings } from '../groups/settings.ts'

/** The CIDRs of a list of `__settings__.sources`, or the one CIDR that a source is, as AWS writes them. */
export function sourceCidrs({ sources = {} }: Settings, source: string): string[] {
  const cidrs = Object.hasOwn(sources, source) ? (sources[source] ?? []) : [source]
  return cidrs.map(canonicalCidr)
}
