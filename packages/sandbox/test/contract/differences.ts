import type { Difference } from './difference.ts'
import { identityDifferences } from './differences/identity.ts'
import { keyPairDifferences } from './differences/key-pairs.ts'
import { networkDifferences } from './differences/networks.ts'
import { securityGroupDifferences } from './differences/security-groups.ts'
import { snapshotDifferences } from './differences/snapshots.ts'
import { tagDifferences } from './differences/tags.ts'
import { volumeDifferences } from './differences/volumes.ts'
import { zoneDifferences } from './differences/zones.ts'

/** Every difference between the sandbox and moto that the scenarios meet, by resource. */
export const differences: Readonly<Record<string, readonly Difference[]>> = {
  Identity: identityDifferences,
  'Key pairs': keyPairDifferences,
  Networks: networkDifferences,
  'Security groups': securityGroupDifferences,
  Snapshots: snapshotDifferences,
  Tags: tagDifferences,
  Volumes: volumeDifferences,
  'Zones and instance types': zoneDifferences,
}
