import type { Difference } from './difference.ts'
import { addressDifferences } from './differences/addresses.ts'
import { alarmDifferences } from './differences/alarms.ts'
import { attachmentDifferences } from './differences/attachments.ts'
import { commandDifferences } from './differences/commands.ts'
import { groupDifferences } from './differences/groups.ts'
import { identityDifferences } from './differences/identity.ts'
import { imageDifferences } from './differences/images.ts'
import { instanceAttributeDifferences } from './differences/instance-attributes.ts'
import { instanceDifferences } from './differences/instances.ts'
import { keyPairDifferences } from './differences/key-pairs.ts'
import { launchDifferences } from './differences/launches.ts'
import { launchTemplateDifferences } from './differences/launch-templates.ts'
import { loadBalancerDifferences } from './differences/load-balancers.ts'
import { networkDifferences } from './differences/networks.ts'
import { securityGroupDifferences } from './differences/security-groups.ts'
import { snapshotDifferences } from './differences/snapshots.ts'
import { tagDifferences } from './differences/tags.ts'
import { targetGroupDifferences } from './differences/target-groups.ts'
import { volumeDifferences } from './differences/volumes.ts'
import { zoneDifferences } from './differences/zones.ts'

/** Every difference between the sandbox and moto that the scenarios meet, by resource. */
export const differences: Readonly<Record<string, readonly Difference[]>> = {
  Addresses: addressDifferences,
  'Metrics and alarms': alarmDifferences,
  'Attached volumes': attachmentDifferences,
  'Auto Scaling groups': groupDifferences,
  'Commands of Systems Manager': commandDifferences,
  Identity: identityDifferences,
  Images: imageDifferences,
  Launches: launchDifferences,
  Instances: instanceDifferences,
  'Attributes of instances': instanceAttributeDifferences,
  'Key pairs': keyPairDifferences,
  'Launch templates': launchTemplateDifferences,
  'Load balancers': loadBalancerDifferences,
  Networks: networkDifferences,
  'Security groups': securityGroupDifferences,
  Snapshots: snapshotDifferences,
  Tags: tagDifferences,
  'Target groups': targetGroupDifferences,
  Volumes: volumeDifferences,
  'Zones and instance types': zoneDifferences,
}
