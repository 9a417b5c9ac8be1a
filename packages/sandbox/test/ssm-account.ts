import { RunInstancesCommand, type RunInstancesRequest } from '@aws-sdk/client-ec2'
import {
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  SSMClient,
  type SendCommandRequest,
} from '@aws-sdk/client-ssm'
import { onTestFinished } from 'vitest'

import type { SandboxOptions } from '../src/sandbox.ts'
import { clientOf, testAccount } from './test-account.ts'

const image = 'ami-0aaaabbbbccccdddd'
const profile = { Name: 'bee' }

/** An account whose instances have agents, and what its tests ask of them. */
export function ssmAccount(options: Partial<SandboxOptions> = {}) {
  const images = [{ region: 'us-east-1', imageId: image }]
  const { sandbox, ec2, folder } = testAccount({ images, ...options })
  onTestFinished(() => sandbox.close())
  const ssm = new SSMClient(clientOf(sandbox))

  const launch = async (count: number, more: Partial<RunInstancesRequest> = {}) => {
    const least = { ImageId: image, InstanceType: 't3.micro' as const, IamInstanceProfile: profile }
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({ ...least, MinCount: count, MaxCount: count, ...more }),
    )
    await sandbox.advance(60_000)
    return Instances.flatMap(({ InstanceId }) => InstanceId ?? [])
  }
  const send = async (commands: string[], more: Partial<SendCommandRequest>) => {
    const { Parameters, ...others } = more
    const { Command } = await ssm.send(
      new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        Parameters: { commands, ...Parameters },
        ...others,
      }),
    )
    return Command?.CommandId ?? ''
  }
  const invocations = async (CommandId: string) => {
    const { CommandInvocations = [] } = await ssm.send(
      new ListCommandInvocationsCommand({ CommandId, Details: true }),
    )
    return CommandInvocations
  }
  const details = async (CommandId: string) =>
    (await invocations(CommandId)).map(({ StatusDetails }) => StatusDetails)
  const command = async (CommandId: string) => {
    const { Commands = [] } = await ssm.send(new ListCommandsCommand({ CommandId }))
    return Commands[0]
  }
  const output = (CommandId: string, InstanceId: string | undefined) =>
    ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }))
  return { sandbox, ec2, ssm, folder, launch, send, invocations, details, command, output }
}
