import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import {
  CreateImageCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import { expect, onTestFinished, test } from 'vitest'

import { cli } from './project.ts'
import { clusterNodes, SandboxProject } from './sandbox-project.ts'

const region = 'eu-central-1'

async function serve(project: SandboxProject): Promise<string> {
  const words = ['sandbox:serve', '--port', '0', '--speed', '1000', '--output', 'json']
  const server: ChildProcess = spawn(process.execPath, [cli, ...words], {
    cwd: project.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    const closed = once(server, 'close')
    server.kill('SIGTERM')
    await closed
  })
  for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
    const { code, data } = JSON.parse(line) as { code?: string; data?: { url: string } }
    if (code === 'SERVING' && data) return data.url
  }
  throw new Error('it is not served')
}

test('what launch templates and autoscale groups launch from is in use', { timeout: 60_000 }, async () => {
  const source_ami = 'ami-0123456789abcdef0'
  const nodes = { ...clusterNodes, __base__: { ...clusterNodes['__base__'], source_ami } }
  const project = new SandboxProject(nodes)
  project.environment['PACKAGE_POLL_INTERVAL'] = '0.1'
  const settings = {
    endpoint: await serve(project),
    region,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
  }
  const ec2 = new EC2Client(settings)
  const autoscaling = new AutoScalingClient(settings)
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({ ImageId: source_ami, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }),
  )
  const InstanceId = Instances[0]?.InstanceId ?? ''
  const Tags = [
    { Key: 'group', Value: 'cluster' },
    { Key: 'package:project', Value: 'tests' },
  ]
  const images: string[] = []
  for (let number = 1; number <= 6; number += 1) {
    await expect
      .poll(
        async () => {
          const made = await ec2
            .send(
              new CreateImageCommand({
                InstanceId,
                Name: `cluster ${String(number)}`,
                TagSpecifications: [{ ResourceType: 'image', Tags }],
              }),
            )
            .catch(() => undefined)
          images[number] = made?.ImageId ?? ''
          return images[number]
        },
        { timeout: 10_000 },
      )
      .toMatch(/^ami-/)
  }
  const LaunchTemplateName = 'tests/cluster'
  const version = (number: number) => ({
    LaunchTemplateData: { ImageId: images[number] ?? '', InstanceType: 't3.micro' as const },
  })
  // Version 1 is the default, 5 the latest; a group uses 4, and would go back to 3. Nothing can use 2 any more.
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, ...version(1) }))
  for (const number of [2, 3, 4, 5]) {
    await ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateName, ...version(number) }))
  }
  await autoscaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'cluster-v000',
      LaunchTemplate: { LaunchTemplateName, Version: '4' },
      MinSize: 0,
      MaxSize: 1,
      AvailabilityZones: [`${region}a`],
    }),
  )
  await expect
    .poll(async () => (await project.start('packer:clean', '-n', '0', '--dry-run')).out, { timeout: 20_000 })
    .not.toContain('still being made')
  const cleaned = await project.start('packer:clean', '-n', '0')
  expect(cleaned).toMatchObject({ exit: 0 })
  const lineOf = (number: number) =>
    cleaned.out.split('\n').find((line) => line.includes(images[number] ?? '?')) ?? ''
  expect(lineOf(1)).toContain('launch template tests/cluster, version 1 (default)')
  expect(lineOf(2)).toContain('remove')
  expect(lineOf(3)).toContain('what cluster-v000 would be rolled back to')
  expect(lineOf(4)).toContain('used by autoscale group cluster-v000')
  expect(lineOf(5)).toContain('version 5 (latest)')
  expect(lineOf(6)).toContain('remove')
})
