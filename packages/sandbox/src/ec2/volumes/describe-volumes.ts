import type { DescribeVolumesRequest, DescribeVolumesResult } from '@aws-sdk/client-ec2'

import type { FilterValues } from '../../account/filters.ts'
import { page } from '../../account/pages.ts'
import type { Scope } from '../../operation.ts'
import { selectResources } from '../select-resources.ts'
import { checkVolumeId, unknownVolumes } from './known-volume.ts'
import type { Volume } from './volume.ts'
import { volumeAnswer } from './volume-answer.ts'
import { attachmentOf, attachmentStateOf, presentVolumes, volumeStateOf } from './volume-state.ts'

export function describeVolumes(input: DescribeVolumesRequest, scope: Scope): DescribeVolumesResult {
  for (const id of input.VolumeIds ?? []) checkVolumeId(id)
  const found = selectResources(scope, {
    from: presentVolumes(scope),
    ids: input.VolumeIds,
    notFound: unknownVolumes,
    filters: input.Filters,
    values: filterValues(scope.now),
    idOf: ({ volumeId }) => volumeId,
  })
  const { items, NextToken } = page(found, input)
  return {
    Volumes: items.map((volume) => volumeAnswer(scope, volume)),
    ...(NextToken !== undefined && { NextToken }),
  }
}

function filterValues(now: number): FilterValues<Volume> {
  const attachment = (volume: Volume) => attachmentOf(volume, now)
  return {
    'attachment.attach-time': (volume) => isoTime(attachment(volume)?.attachedAt),
    'attachment.delete-on-termination': (volume) => text(attachment(volume)?.deleteOnTermination),
    'attachment.device': (volume) => attachment(volume)?.device,
    'attachment.instance-id': (volume) => attachment(volume)?.instanceId,
    'attachment.status': (volume) => {
      const attached = attachment(volume)
      return attached && attachmentStateOf(attached, now)
    },
    'availability-zone': ({ zone }) => zone,
    'create-time': ({ createdAt }) => isoTime(createdAt),
    encrypted: ({ encrypted }) => text(encrypted),
    'multi-attach-enabled': () => 'false',
    size: ({ sizeGib }) => text(sizeGib),
    'snapshot-id': ({ snapshotId }) => snapshotId,
    status: (volume) => volumeStateOf(volume, now),
    'volume-id': ({ volumeId }) => volumeId,
    'volume-type': ({ type }) => type,
  }
}

function text(value: boolean | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

function isoTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString()
}
