import {
  GetCommandInvocationCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type SendCommandRequest,
} from '@aws-sdk/client-ssm'

import { motoProfile, type Scenario } from '../scenario.ts'
import { launch, launched } from './launched.ts'

const script: SendCommandRequest = {
  DocumentName: 'AWS-RunShellScript',
  Parameters: { commands: ['true'] },
}
const managed = { ...launch, IamInstanceProfile: { Name: motoProfile } }
const group = [{ Key: 'group', Value: 'bee' }]
const noCommand = '01234567-89ab-cdef-0123-456789abcdef'

export const commandScenarios: readonly Scenario[] = [
  {
    name: 'commands',
    async play(caller) {
      const tagged = { TagSpecifications: [{ ResourceType: 'instance' as const, Tags: group }] }
      const InstanceId = await launched(caller, 'an instance with a profile', { ...managed, ...tagged })
      const { Command } = await caller.commands(
        'send one',
        new SendCommandCommand({ ...script, InstanceIds: [InstanceId], Comment: 'bee' }),
        ({ Command: sent }) => [sent?.DocumentName, sent?.Comment, sent?.MaxConcurrency, sent?.MaxErrors],
      )
      const CommandId = Command?.CommandId
      await caller.passTime()
      await caller.commands('what became of it', new ListCommandsCommand({ CommandId }), ({ Commands }) =>
        Commands?.map(({ Status, TargetCount, CompletedCount }) => [Status, TargetCount, CompletedCount]),
      )
      await caller.commands(
        'those of the instance',
        new ListCommandsCommand({ InstanceId }),
        ({ Commands }) => Commands?.length,
      )
      await caller.commands(
        'what the instance made of it',
        new GetCommandInvocationCommand({ CommandId, InstanceId }),
        (seen) => [seen.Status, seen.ResponseCode, seen.StandardOutputContent, seen.PluginName],
      )
      const Targets = [{ Key: 'tag:group', Values: ['bee'] }]
      const byTag = new SendCommandCommand({ ...script, Targets })
      const { Command: other } = await caller.commands('send one to a tag', byTag)
      await caller.passTime()
      await caller.commands(
        'what became of that',
        new ListCommandsCommand({ CommandId: other?.CommandId }),
        ({ Commands }) => Commands?.map(({ Status, TargetCount }) => [Status, TargetCount]),
      )
    },
  },
  {
    name: 'commands that are refused',
    async play(caller) {
      const InstanceIds = [await launched(caller)]
      await caller.refusesToCommand(
        'send one to an instance without a profile',
        'InvalidInstanceId',
        new SendCommandCommand({ ...script, InstanceIds }),
      )
      await caller.refusesToCommand(
        'the invocation of none',
        'InvocationDoesNotExist',
        new GetCommandInvocationCommand({ CommandId: noCommand, InstanceId: InstanceIds[0] }),
      )
      await caller.refusesToCommand(
        'one that is not there',
        'InvalidCommandId',
        new ListCommandsCommand({ CommandId: noCommand }),
      )
    },
  },
]
