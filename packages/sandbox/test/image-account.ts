import {
  CreateImageCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
  type CreateImageCommandInput,
  type DescribeImagesCommandInput,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2'
import { requestHandler } from '../src/doors/request-handler.ts'
import type { Hosts } from '../src/hosts/hosts.ts'
import { noHosts } from '../src/hosts/no-hosts.ts'
import { ImageId, testAccount } from './test-account.ts'

export const canonical = '099720109477'

/** Keeps what the account asks of its machines. */
function recordedHosts() {
  const calls: string[] = []
  const hosts: Hosts = {
    ...noHosts(),
    capture: (machine, imageId) => {
      calls.push(`${machine.instanceId} to ${imageId}`)
      return Promise.resolve({ convergeFails: false })
    },
    forget: (ids) => Promise.resolve(void calls.push(`without ${ids.join(', ')}`)),
  }
  return { hosts, calls }
}

/** An account with a stock image, a client in another region too, and what its machines were asked to do. */
export function account() {
  const { hosts, calls } = recordedHosts()
  const { sandbox, ec2 } = testAccount({ hosts, images: [{ region: 'us-east-1', imageId: ImageId }] })
  const elsewhere = new EC2Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
    requestHandler: requestHandler(sandbox),
    maxAttempts: 1,
  })
  return { sandbox, ec2, elsewhere, calls }
}

type Account = ReturnType<typeof account>

/** An instance that has booted. */
export async function instance({ ec2, sandbox }: Account, more: Partial<RunInstancesCommandInput> = {}) {
  const launch = { ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, ...more } as const
  const { Instances = [] } = await ec2.send(new RunInstancesCommand(launch))
  await sandbox.advance(60_000)
  return Instances[0]?.InstanceId ?? ''
}

export async function create(
  { ec2 }: Account,
  InstanceId: string,
  more: Partial<CreateImageCommandInput> = {},
) {
  const made = await ec2.send(new CreateImageCommand({ InstanceId, Name: 'builder 1', ...more }))
  return made.ImageId ?? ''
}

export async function images(ec2: EC2Client, input: DescribeImagesCommandInput) {
  return (await ec2.send(new DescribeImagesCommand(input))).Images ?? []
}

export async function image(ec2: EC2Client, id: string) {
  return (await images(ec2, { ImageIds: [id] }))[0]
}

export const rootSnapshot = async (ec2: EC2Client, id: string) =>
  (await image(ec2, id))?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? ''
