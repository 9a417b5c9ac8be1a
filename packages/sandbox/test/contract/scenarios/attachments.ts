import {
  AttachVolumeCommand,
  CreateSnapshotsCommand,
  CreateVolumeCommand,
  DeleteVolumeCommand,
  DescribeVolumesCommand,
  DetachVolumeCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'

import type { Scenario } from '../scenario.ts'
import { launch, launched } from './launched.ts'

const zone = 'us-east-1a'

export const attachmentScenarios: Scenario[] = [
  {
    name: 'attached volumes',
    async play(caller) {
      const InstanceId = await launched(caller, 'in a zone', {
        ...launch,
        Placement: { AvailabilityZone: zone },
      })
      const { VolumeId = '' } = await caller.does(
        'create',
        new CreateVolumeCommand({ AvailabilityZone: zone, Size: 10 }),
      )
      await caller.passTime()
      const attachment = { VolumeId, InstanceId, Device: '/dev/sdf' }
      await caller.refuses(
        'attach to a missing instance',
        'InvalidInstanceID.NotFound',
        new AttachVolumeCommand({ ...attachment, InstanceId: 'i-0123456789abcdef0' }),
      )
      await caller.refuses(
        'attach a missing volume',
        'InvalidVolume.NotFound',
        new AttachVolumeCommand({ ...attachment, VolumeId: 'vol-0123456789abcdef0' }),
      )
      await caller.does('attach', new AttachVolumeCommand(attachment), ({ State, Device }) => [State, Device])
      await caller.passTime()
      await caller.does('look', new DescribeVolumesCommand({ VolumeIds: [VolumeId] }), ({ Volumes }) =>
        Volumes?.map(({ State, Attachments }) => [
          State,
          Attachments?.map(({ State: state, Device }) => [state, Device]),
        ]),
      )
      await caller.refuses('delete it', 'VolumeInUse', new DeleteVolumeCommand({ VolumeId }))
      await caller.does(
        'take snapshots of both',
        new CreateSnapshotsCommand({ InstanceSpecification: { InstanceId }, Description: 'of bees' }),
        ({ Snapshots }) => Snapshots?.map(({ Description, VolumeSize }) => [Description, VolumeSize]),
      )
      await caller.does('detach', new DetachVolumeCommand({ VolumeId, InstanceId }), ({ State }) => State)
      await caller.passTime()
      await caller.refuses(
        'detach again',
        'IncorrectState',
        new DetachVolumeCommand({ VolumeId, InstanceId }),
      )
      await caller.does('attach anew', new AttachVolumeCommand(attachment))
      await caller.refuses('attach twice', 'VolumeInUse', new AttachVolumeCommand(attachment))
      await caller.does('detach without naming the instance', new DetachVolumeCommand({ VolumeId }))
    },
  },
  {
    name: 'volumes that go with their instance',
    async play(caller) {
      const id = await launched(caller)
      const ofIt = { Filters: [{ Name: 'attachment.instance-id', Values: [id] }] }
      await caller.does('the root volume', new DescribeVolumesCommand(ofIt), ({ Volumes }) =>
        Volumes?.map(({ State, Attachments }) => [State, Attachments?.[0]?.State]),
      )
      await caller.does('terminate', new TerminateInstancesCommand({ InstanceIds: [id] }))
      await caller.passTime()
      await caller.does('no volume then', new DescribeVolumesCommand(ofIt), ({ Volumes }) => Volumes?.length)
    },
  },
]
