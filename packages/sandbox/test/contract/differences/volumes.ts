import { apiPage, errorCodes } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const volumeDifferences: Difference[] = [
  {
    at: ['volumes: make it smaller'],
    sandbox: 'InvalidParameterValue',
    moto: 'ok',
    right: 'sandbox',
    aws: 'Size: The target volume size must be greater than or equal to the existing size of the volume.',
    page: apiPage('ModifyVolume'),
  },
  {
    at: ['volumes that are refused: a missing zone'],
    sandbox: 'InvalidZone.NotFound',
    moto: 'ok',
    right: 'sandbox',
    aws: 'InvalidZone.NotFound: The specified Availability Zone does not exist, or is not available for you to use.',
    page: errorCodes,
  },
  {
    at: ['volumes that are refused: IOPS beyond gp2', 'volumes that are refused: io1 without IOPS'],
    sandbox: 'InvalidParameterCombination',
    moto: 'InvalidParameterDependency',
    right: 'sandbox',
    aws: 'Iops: Required for io1 and io2 volumes. Optional for gp3 volumes. Omit for all other volume types. (The page names no code; AWS answers with “InvalidParameterCombination: The parameter iops is not supported for gp2 volumes.”)',
    page: apiPage('CreateVolume'),
  },
  {
    at: ['*: Volume.MultiAttachEnabled', '*: Volume.Throughput'],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'multiAttachEnabled: Indicates whether Amazon EBS Multi-Attach is enabled. throughput: The throughput that the volume supports, in MiB/s.',
    page: apiPage('Volume'),
  },
  {
    at: ['DescribeVolumes: Volume.SnapshotId'],
    sandbox: 'there',
    moto: 'absent',
    right: 'both',
    aws: 'snapshotId: The snapshot from which the volume was created, if applicable. (Where there was none, AWS writes an empty element.)',
    page: apiPage('Volume'),
  },
  {
    at: ['ModifyVolume: VolumeModification.EndTime'],
    sandbox: 'absent',
    moto: 'there',
    right: 'sandbox',
    aws: 'endTime: The modification completion or failure time. (While it is under way, there is none.)',
    page: apiPage('VolumeModification'),
  },
  {
    at: [
      'ModifyVolume: VolumeModification.OriginalIops',
      'ModifyVolume: VolumeModification.OriginalThroughput',
      'ModifyVolume: VolumeModification.OriginalVolumeType',
      'ModifyVolume: VolumeModification.TargetIops',
      'ModifyVolume: VolumeModification.TargetThroughput',
      'ModifyVolume: VolumeModification.TargetVolumeType',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'targetVolumeType: The target EBS volume type of the volume. (And likewise the others, of which the default is that “the existing value is retained”.)',
    page: apiPage('VolumeModification'),
  },
]
