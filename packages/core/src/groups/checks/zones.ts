import type { NodeGroup } from '../node-group.ts'
import type { GroupFinding } from './group-finding.ts'

/** A zone's name begins with its region's. */
export function checkZones({ region, zones = [] }: NodeGroup): GroupFinding[] {
  if (region === undefined) return []
  return zones.flatMap((zone, index) =>
    zone.startsWith(region)
      ? []
      : [{ path: ['zones', index], text: `"${zone}" is not a zone of the region ${region}` }],
  )
}
