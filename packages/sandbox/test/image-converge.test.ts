import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  CreateImageCommand,
  CreateLaunchTemplateVersionCommand,
  RunInstancesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2'
import { expect, onTestFinished, test } from 'vitest'

import { folderHosts } from '../src/hosts/folder/folder-hosts.ts'
import type { Sandbox } from '../src/sandbox.ts'
import { groupAccount, untilInService } from './group-account.ts'

const stockImage = 'ami-0123456789abcdef0'

/** An image with this DNA in /opt/package, made of a machine that is a folder. */
async function imageWith(dna: object, ec2: EC2Client, sandbox: Sandbox, hosts: string): Promise<string> {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({ ImageId: stockImage, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }),
  )
  const InstanceId = Instances?.[0]?.InstanceId ?? ''
  await sandbox.advance(60_000)
  const machine = sandbox.machines().find(({ instanceId }) => instanceId === InstanceId)
  if (!machine) throw new Error('it does not run')
  const driver = folderHosts({ folder: hosts })
  await driver.console(machine)
  await driver.close()
  const folder = join(hosts, InstanceId, 'disk/opt/package')
  mkdirSync(join(folder, 'roles'), { recursive: true })
  writeFileSync(join(folder, 'dna.json'), JSON.stringify(dna))
  writeFileSync(
    join(folder, 'solo.rb'),
    "role_path '/opt/package/roles'\ncookbook_path '/opt/package/cookbooks'\n",
  )
  writeFileSync(join(folder, 'roles/bee.json'), JSON.stringify({ name: 'bee', run_list: [] }))
  const { ImageId = '' } = await ec2.send(new CreateImageCommand({ InstanceId, Name: 'bee' }))
  await sandbox.advance(60_000)
  return ImageId
}

test.each([
  ['bee', ['InService']],
  ['wasp', ['Terminating']],
])('nodes of an image whose DNA names the role %s end as chef-solo would there', async (role, expected) => {
  const hosts = mkdtempSync(join(tmpdir(), 'package-hosts-'))
  onTestFinished(() => rmSync(hosts, { recursive: true, force: true }))
  const { ec2, sandbox, create, states } = await groupAccount({ hosts: folderHosts({ folder: hosts }) })
  const ImageId = await imageWith({ id: 'bee', run_list: [`role[${role}]`] }, ec2, sandbox, hosts)
  const UserData = Buffer.from('#!/bin/sh\n# package:completes-hook converge\n').toString('base64')
  await ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName: 'bee',
      LaunchTemplateData: { ImageId, InstanceType: 't3.micro', UserData },
    }),
  )
  await create({
    DesiredCapacity: 1,
    LaunchTemplate: { LaunchTemplateName: 'bee', Version: '2' },
    LifecycleHookSpecificationList: [
      { LifecycleHookName: 'converge', LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' },
    ],
  })
  await sandbox.advance(untilInService + 42_000)
  expect(await states()).toEqual(expected)
})
