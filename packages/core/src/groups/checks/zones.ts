import type { NodeGroup } from '../node-group.ts'
import type { GroupFinding } from './group-finding.ts'

/** A zone's name is its region's and a letter; a local zone has its city between them (us-west-2-lax-1a). */
export function checkZones({ region, zones = [] }: NodeGroup): GroupFinding[] {
  if (region === undefined) return []
  return zones.flatMap((zone, index) =>
    isIn(region, zone)
      ? []
      : [{ path: ['zones', index], text: `"${zone}" is not a zone of the region ${region}` }],
  )
}

function isIn(region: string, zone: string): boolean {
  return zone.startsWith(region) && /^(-[a-z]+-[0-9]+)?[a-z]$/.test(zone.slice(region.length))
}
