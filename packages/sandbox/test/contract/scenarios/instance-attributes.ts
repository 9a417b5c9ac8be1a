import {
  DescribeInstanceAttributeCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceMetadataOptionsCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type InstanceAttribute,
  type InstanceAttributeName,
} from '@aws-sdk/client-ec2'

import type { Caller } from '../caller.ts'
import type { Scenario } from '../scenario.ts'
import { launch, launched } from './launched.ts'

const userData = Buffer.from('#!/bin/sh\n').toString('base64')

export const instanceAttributeScenarios: Scenario[] = [
  {
    name: 'attributes of an instance',
    async play(caller) {
      const id = await launched(caller, 'with user data', { ...launch, UserData: userData })
      await ask(caller, id, 'instanceType', ({ InstanceType }) => InstanceType)
      await ask(caller, id, 'userData', ({ UserData }) => UserData)
      await ask(caller, id, 'disableApiTermination', (shown) => shown.DisableApiTermination)
      await ask(caller, id, 'disableApiStop', ({ DisableApiStop }) => DisableApiStop)
      await ask(caller, id, 'instanceInitiatedShutdownBehavior', (shown) => [
        shown.InstanceInitiatedShutdownBehavior,
      ])
      await ask(caller, id, 'rootDeviceName', ({ RootDeviceName }) => RootDeviceName)
      await ask(caller, id, 'sourceDestCheck', ({ SourceDestCheck }) => SourceDestCheck)
      await ask(caller, id, 'groupSet', ({ Groups }) => Groups?.length)
      await ask(caller, id, 'blockDeviceMapping', ({ BlockDeviceMappings }) => BlockDeviceMappings?.length)
      await caller.refuses(
        'of a missing instance',
        'InvalidInstanceID.NotFound',
        new DescribeInstanceAttributeCommand({
          InstanceId: 'i-0123456789abcdef0',
          Attribute: 'instanceType',
        }),
      )
    },
  },
  {
    name: 'changes of an instance',
    async play(caller) {
      const InstanceId = await launched(caller)
      await caller.refuses(
        'the type while it runs',
        'IncorrectInstanceState',
        new ModifyInstanceAttributeCommand({ InstanceId, InstanceType: { Value: 't3.small' } }),
      )
      await caller.does('stop', new StopInstancesCommand({ InstanceIds: [InstanceId] }))
      await caller.passTime()
      await caller.does(
        'the type',
        new ModifyInstanceAttributeCommand({ InstanceId, InstanceType: { Value: 't3.small' } }),
      )
      await ask(caller, InstanceId, 'instanceType', ({ InstanceType }) => InstanceType)
      await caller.does(
        'metadata',
        new ModifyInstanceMetadataOptionsCommand({ InstanceId, HttpTokens: 'required' }),
        ({ InstanceMetadataOptions }) => InstanceMetadataOptions?.HttpTokens,
      )
    },
  },
  {
    name: 'termination protection',
    async play(caller) {
      const InstanceId = await launched(caller)
      const terminate = new TerminateInstancesCommand({ InstanceIds: [InstanceId] })
      await caller.does(
        'protect it',
        new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: true } }),
      )
      await ask(caller, InstanceId, 'disableApiTermination', (shown) => shown.DisableApiTermination)
      await caller.refuses('terminate', 'OperationNotPermitted', terminate)
      await caller.does(
        'take the protection off',
        new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: false } }),
      )
      await caller.does(
        'terminate then',
        terminate,
        ({ TerminatingInstances }) => TerminatingInstances?.length,
      )
    },
  },
]

async function ask(
  caller: Caller,
  InstanceId: string,
  Attribute: InstanceAttributeName,
  facts: (answer: InstanceAttribute) => unknown,
): Promise<void> {
  await caller.does(
    `ask ${Attribute}`,
    new DescribeInstanceAttributeCommand({ InstanceId, Attribute }),
    facts,
  )
}
