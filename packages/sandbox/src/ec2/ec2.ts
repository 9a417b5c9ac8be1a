import { byName, type Service } from '../operation.ts'
import { addressOperations } from './addresses/operations.ts'
import { imageOperations } from './images/operations.ts'
import { instanceOperations } from './instances/operations.ts'
import { keyPairOperations } from './key-pairs/operations.ts'
import { launchTemplateOperations } from './launch-templates/operations.ts'
import { networkOperations } from './networks/operations.ts'
import { securityGroupOperations } from './security-groups/operations.ts'
import { snapshotOperations } from './snapshots/operations.ts'
import { tagOperations } from './tags/operations.ts'
import { volumeOperations } from './volumes/operations.ts'
import { zoneOperations } from './zones/operations.ts'

export const ec2: Service = {
  name: 'ec2',
  protocol: 'ec2Query',
  xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  operations: byName([
    ...addressOperations,
    ...imageOperations,
    ...instanceOperations,
    ...keyPairOperations,
    ...launchTemplateOperations,
    ...networkOperations,
    ...securityGroupOperations,
    ...snapshotOperations,
    ...tagOperations,
    ...volumeOperations,
    ...zoneOperations,
  ]),
}
