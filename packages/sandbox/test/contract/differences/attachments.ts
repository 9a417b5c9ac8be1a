import { apiPage, errorCodes } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const attachmentDifferences: Difference[] = [
  {
    at: ['attached volumes: detach again'],
    sandbox: 'IncorrectState',
    moto: 'InvalidAttachment.NotFound',
    right: 'sandbox',
    aws: "IncorrectState: This error can occur if you are trying to attach a volume that is still being created or detach a volume that is not in the 'available' state. (InvalidAttachment.NotFound is for a volume that another instance has.)",
    page: errorCodes,
  },
  {
    at: ['attached volumes: attach twice'],
    sandbox: 'VolumeInUse',
    moto: 'ok',
    right: 'sandbox',
    aws: 'VolumeInUse: The specified Amazon EBS volume is attached to an instance. Ensure that the specified volume is in an ‘available’ state.',
    page: errorCodes,
  },
  {
    at: ['attached volumes: detach without naming the instance'],
    sandbox: 'ok',
    moto: 'Error',
    right: 'sandbox',
    aws: 'InstanceId: If you are detaching a Multi-Attach enabled volume, you must specify an instance ID. (For others it is not required; moto answers with an internal error.)',
    page: apiPage('DetachVolume'),
  },
  {
    at: ['*: VolumeAttachment.DeleteOnTermination'],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'deleteOnTermination: Indicates whether the EBS volume is deleted on instance termination.',
    page: apiPage('VolumeAttachment'),
  },
  {
    at: ['CreateSnapshots: SnapshotInfo.State'],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'state: Current state of the snapshot.',
    page: apiPage('SnapshotInfo'),
  },
]
