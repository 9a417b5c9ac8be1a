import {
  AttachVolume$,
  CreateVolume$,
  DeleteVolume$,
  DescribeVolumes$,
  DetachVolume$,
  ModifyVolume$,
  type AttachVolumeRequest,
  type CreateVolumeRequest,
  type DeleteVolumeRequest,
  type DescribeVolumesRequest,
  type DescribeVolumesResult,
  type DetachVolumeRequest,
  type ModifyVolumeRequest,
  type ModifyVolumeResult,
  type Volume,
  type VolumeAttachment,
} from '@aws-sdk/client-ec2'

import { operation } from '../../operation.ts'
import { attachVolume, detachVolume } from './attach-volume.ts'
import { createVolume } from './create-volume.ts'
import { deleteVolume } from './delete-volume.ts'
import { describeVolumes } from './describe-volumes.ts'
import { modifyVolume } from './modify-volume.ts'

export const volumeOperations = [
  operation<DescribeVolumesRequest, DescribeVolumesResult>(DescribeVolumes$, describeVolumes),
  operation<CreateVolumeRequest, Volume>(CreateVolume$, createVolume),
  operation<ModifyVolumeRequest, ModifyVolumeResult>(ModifyVolume$, modifyVolume),
  operation<AttachVolumeRequest, VolumeAttachment>(AttachVolume$, attachVolume),
  operation<DetachVolumeRequest, VolumeAttachment>(DetachVolume$, detachVolume),
  operation<DeleteVolumeRequest, undefined>(DeleteVolume$, deleteVolume),
]
