import {
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  GetConsoleOutputCommand,
  ImportKeyPairCommand,
  RebootInstancesCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type DescribeInstancesResult,
  type InstanceStateChange,
} from '@aws-sdk/client-ec2'

import { motoImage, type Scenario } from '../scenario.ts'
import { launch, launched } from './launched.ts'

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3FSKtPCsgPcWjzkg2tl0RyHZOCkG1bkHrKvL3PTk3K a@b'

export const instanceScenarios: Scenario[] = [
  {
    name: 'an instance',
    async play(caller) {
      await caller.does(
        'import a key',
        new ImportKeyPairCommand({ KeyName: 'bee', PublicKeyMaterial: Buffer.from(publicKey) }),
      )
      const { Instances } = await caller.does(
        'run',
        new RunInstancesCommand({
          ...launch,
          KeyName: 'bee',
          Placement: { AvailabilityZone: 'us-east-1b' },
          TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'group', Value: 'bee' }] }],
        }),
        (reservation) =>
          reservation.Instances?.map(({ State, InstanceType, KeyName, ImageId }) => [
            State,
            InstanceType,
            KeyName,
            ImageId,
          ]),
      )
      const id = Instances?.[0]?.InstanceId ?? ''
      await caller.passTime()
      await caller.does(
        'find it',
        new DescribeInstancesCommand({
          Filters: [
            { Name: 'tag:group', Values: ['bee'] },
            { Name: 'instance-state-name', Values: ['running'] },
          ],
        }),
        (answer) =>
          instancesOf(answer).map((each) => [
            each.InstanceId === id,
            each.State,
            each.Tags,
            each.Placement?.AvailabilityZone,
            each.RootDeviceName,
            each.BlockDeviceMappings?.map(({ DeviceName, Ebs }) => [DeviceName, Ebs?.Status]),
            each.SecurityGroups?.map(({ GroupName }) => GroupName),
          ]),
      )
      await caller.does(
        'find it by its zone',
        new DescribeInstancesCommand({ Filters: [{ Name: 'availability-zone', Values: ['us-east-1b'] }] }),
        (answer) => instancesOf(answer).length,
      )
      await caller.does(
        'find it by its key',
        new DescribeInstancesCommand({ Filters: [{ Name: 'key-name', Values: ['bee'] }] }),
        (answer) => instancesOf(answer).length,
      )
      await caller.does(
        'its status checks',
        new DescribeInstanceStatusCommand({ InstanceIds: [id] }),
        ({ InstanceStatuses }) =>
          InstanceStatuses?.map(({ InstanceState, InstanceStatus, SystemStatus }) => [
            InstanceState,
            InstanceStatus?.Status,
            SystemStatus?.Status,
          ]),
      )
      await caller.does(
        'its console',
        new GetConsoleOutputCommand({ InstanceId: id }),
        ({ InstanceId, Output }) => [InstanceId === id, (Output ?? '').length > 0],
      )
      await caller.does(
        'its network interface',
        new DescribeNetworkInterfacesCommand({
          Filters: [{ Name: 'attachment.instance-id', Values: [id] }],
        }),
        ({ NetworkInterfaces }) =>
          NetworkInterfaces?.map(({ Status, Attachment }) => [Status, Attachment?.InstanceId === id]),
      )
    },
  },
  {
    name: 'states of an instance',
    async play(caller) {
      const id = await launched(caller)
      const InstanceIds = [id]
      await caller.does('reboot', new RebootInstancesCommand({ InstanceIds }))
      await caller.does('stop', new StopInstancesCommand({ InstanceIds }), ({ StoppingInstances }) =>
        changes(StoppingInstances),
      )
      await caller.passTime()
      await caller.does('see it stopped', new DescribeInstancesCommand({ InstanceIds }), states)
      await caller.does('stop again', new StopInstancesCommand({ InstanceIds }), ({ StoppingInstances }) =>
        changes(StoppingInstances),
      )
      await caller.does('start', new StartInstancesCommand({ InstanceIds }), ({ StartingInstances }) =>
        changes(StartingInstances),
      )
      await caller.passTime()
      await caller.does('see it running', new DescribeInstancesCommand({ InstanceIds }), states)
      await caller.does(
        'terminate',
        new TerminateInstancesCommand({ InstanceIds }),
        ({ TerminatingInstances }) => changes(TerminatingInstances),
      )
      await caller.passTime()
      await caller.does('see it terminated', new DescribeInstancesCommand({ InstanceIds }), states)
      await caller.does(
        'see no status of it',
        new DescribeInstanceStatusCommand({ InstanceIds }),
        ({ InstanceStatuses }) => InstanceStatuses?.length,
      )
      await caller.does(
        'terminate again',
        new TerminateInstancesCommand({ InstanceIds }),
        ({ TerminatingInstances }) => changes(TerminatingInstances),
      )
      await caller.refuses(
        'start what is terminated',
        'IncorrectInstanceState',
        new StartInstancesCommand({ InstanceIds }),
      )
      await caller.refuses(
        'stop what is terminated',
        'IncorrectInstanceState',
        new StopInstancesCommand({ InstanceIds }),
      )
    },
  },
  {
    name: 'pages of instances',
    async play(caller) {
      for (const name of ['the first', 'a second', 'a third', 'a fourth', 'a fifth', 'a sixth']) {
        await launched(caller, name)
      }
      const { NextToken } = await caller.does(
        'the first page',
        new DescribeInstancesCommand({ MaxResults: 5 }),
        (answer) => [instancesOf(answer).length, answer.NextToken !== undefined],
      )
      await caller.does(
        'the second page',
        new DescribeInstancesCommand({ MaxResults: 5, NextToken }),
        (answer) => [instancesOf(answer).length, answer.NextToken !== undefined],
      )
    },
  },
  {
    name: 'instances launched together',
    async play(caller) {
      await caller.does(
        'run three',
        new RunInstancesCommand({ ...launch, MinCount: 3, MaxCount: 3 }),
        ({ Instances }) => Instances?.map(({ AmiLaunchIndex }) => AmiLaunchIndex),
      )
      await caller.does('find them', new DescribeInstancesCommand(), ({ Reservations }) =>
        Reservations?.map(({ Instances }) => Instances?.length),
      )
      await caller.does(
        'run as many as possible',
        new RunInstancesCommand({ ...launch, MinCount: 1, MaxCount: 2 }),
        ({ Instances }) => Instances?.length,
      )
    },
  },
  {
    name: 'client tokens',
    async play(caller) {
      const request = { ...launch, ClientToken: 'one-of-a-kind' }
      const first = await caller.does('run', new RunInstancesCommand(request))
      await caller.does(
        'run again',
        new RunInstancesCommand(request),
        ({ ReservationId }) => ReservationId === first.ReservationId,
      )
      await caller.refuses(
        'run something else with it',
        'IdempotentParameterMismatch',
        new RunInstancesCommand({ ...request, MaxCount: 2 }),
      )
    },
  },
  {
    name: 'launches that are refused',
    async play(caller) {
      const refuses = (name: string, code: string, change: object) =>
        caller.refuses(name, code, new RunInstancesCommand({ ...launch, ...change }))
      await refuses('a dry run', 'DryRunOperation', { DryRun: true })
      await refuses('a missing image', 'InvalidAMIID.NotFound', { ImageId: 'ami-0123456789abcdef0' })
      await refuses('no image id', 'InvalidAMIID.Malformed', { ImageId: 'bee' })
      await refuses('a missing key', 'InvalidKeyPair.NotFound', { KeyName: 'bee' })
      await refuses('a missing subnet', 'InvalidSubnetID.NotFound', { SubnetId: 'subnet-0123456789abcdef0' })
      await refuses('a missing group', 'InvalidGroup.NotFound', {
        SecurityGroupIds: ['sg-0123456789abcdef0'],
      })
      await refuses('a missing type', 'InvalidParameterValue', { InstanceType: 't3.pico' })
      await refuses('a missing zone', 'InvalidParameterValue', {
        Placement: { AvailabilityZone: 'us-east-1z' },
      })
      await refuses('less than none', 'InvalidParameterValue', { MinCount: 0 })
      await refuses('less than at least', 'InvalidParameterValue', { MinCount: 2 })
      await refuses('an unknown tag type', 'InvalidParameterValue', {
        TagSpecifications: [{ ResourceType: 'bee', Tags: [{ Key: 'group', Value: 'bee' }] }],
      })
    },
  },
  {
    name: 'instances that are missing',
    async play(caller) {
      const InstanceIds = ['i-0123456789abcdef0']
      const code = 'InvalidInstanceID.NotFound'
      await caller.refuses('describe', code, new DescribeInstancesCommand({ InstanceIds }))
      await caller.refuses('status', code, new DescribeInstanceStatusCommand({ InstanceIds }))
      await caller.refuses('start', code, new StartInstancesCommand({ InstanceIds }))
      await caller.refuses('stop', code, new StopInstancesCommand({ InstanceIds }))
      await caller.refuses('reboot', code, new RebootInstancesCommand({ InstanceIds }))
      await caller.refuses('terminate', code, new TerminateInstancesCommand({ InstanceIds }))
      await caller.refuses('console', code, new GetConsoleOutputCommand({ InstanceId: InstanceIds[0] }))
      await caller.refuses(
        'describe what is no id',
        'InvalidInstanceID.Malformed',
        new DescribeInstancesCommand({ InstanceIds: ['bee'] }),
      )
      await caller.refuses(
        'filter by what is no filter',
        'InvalidParameterValue',
        new DescribeInstancesCommand({ Filters: [{ Name: 'bee', Values: ['x'] }] }),
      )
      await caller.does(
        'filter for an image that has none',
        new DescribeInstancesCommand({ Filters: [{ Name: 'image-id', Values: [motoImage] }] }),
        ({ Reservations }) => Reservations?.length,
      )
    },
  },
]

function instancesOf({ Reservations = [] }: DescribeInstancesResult) {
  return Reservations.flatMap(({ Instances = [] }) => Instances)
}

function states(answer: DescribeInstancesResult): unknown {
  return instancesOf(answer).map(({ State }) => State)
}

function changes(instances: InstanceStateChange[] | undefined): unknown {
  return instances?.map(({ PreviousState, CurrentState }) => [PreviousState?.Name, CurrentState?.Name])
}
