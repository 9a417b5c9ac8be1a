import type { CloudCall } from '../../action.ts'
import { announceAccount } from '../../announce-account.ts'
import type { Group } from '../../groups/nodes.ts'

/** Says the account and each region that the groups are in, before their first change. */
export async function announceRegions(call: CloudCall, groups: readonly Group[]): Promise<void> {
  const regions = new Set(groups.map((group) => call.clouds.regionOf(group)))
  for (const region of regions) await announceAccount(call, call.clouds.in(region))
}
