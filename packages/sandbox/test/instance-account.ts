import {
  DescribeInstancesCommand,
  RunInstancesCommand,
  type EC2Client,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2'

import type { SandboxOptions } from '../src/sandbox.ts'
import { ImageId, testAccount } from './test-account.ts'

/** An account with an image to launch from. */
export function account(options: Partial<SandboxOptions> = {}) {
  return testAccount({ images: [{ region: 'us-east-1', imageId: ImageId }], ...options })
}

/** The ids of what was launched: one, where no more are asked for. */
export async function run(ec2: EC2Client, more: Partial<RunInstancesCommandInput> = {}) {
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId,
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      ...more,
    }),
  )
  return Instances.map(({ InstanceId = '' }) => InstanceId)
}

/** The states of these instances, or of all. */
export async function statesOf(ec2: EC2Client, InstanceIds?: string[]) {
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand(InstanceIds === undefined ? {} : { InstanceIds }),
  )
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name))
}

/** One instance as it is described. */
export async function one(ec2: EC2Client, id: string) {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  return Reservations[0]?.Instances?.[0]
}
