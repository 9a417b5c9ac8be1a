import {
  AllocateAddressCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  RunInstancesCommand,
  type DescribeAddressesCommandInput,
  type EC2Client,
} from '@aws-sdk/client-ec2'

import { ImageId, testAccount } from './test-account.ts'

export const aMinute = 60_000

/** An account with as many instances, which run. */
export async function accountWith(count: number) {
  const account = testAccount({ images: [{ region: 'us-east-1', imageId: ImageId }] })
  const { Instances = [] } = await account.ec2.send(
    new RunInstancesCommand({ ImageId, InstanceType: 't3.micro', MinCount: count, MaxCount: count }),
  )
  await account.sandbox.advance(aMinute)
  const [first = '', second = ''] = Instances.map(({ InstanceId = '' }) => InstanceId)
  return { ...account, first, second }
}

export async function allocate(ec2: EC2Client) {
  const { AllocationId = '', PublicIp = '' } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }))
  return { AllocationId, PublicIp }
}

export async function addresses(ec2: EC2Client, input: DescribeAddressesCommandInput = {}) {
  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand(input))
  return Addresses
}

export async function instance(ec2: EC2Client, InstanceId: string) {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }))
  return Reservations[0]?.Instances?.[0] ?? {}
}

export async function publicIpOf(ec2: EC2Client, id: string) {
  return (await instance(ec2, id)).PublicIpAddress
}
