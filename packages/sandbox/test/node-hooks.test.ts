import {
  CreateLaunchTemplateVersionCommand,
  DescribeInstanceStatusCommand,
  ModifyLaunchTemplateCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import type { FaultScript } from '../src/faults/fault-script.ts'
import { groupAccount, untilInService } from './group-account.ts'

/** A group whose instances wait for a launch hook, which their user data completes when it has this line. */
async function hookedGroup(faults: FaultScript, line = '# package:completes-hook converge') {
  const account = await groupAccount({ faults })
  const UserData = Buffer.from(`#!/bin/sh\n${line}\nexit 0\n`).toString('base64')
  const LaunchTemplateName = 'bee'
  await account.ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName,
      SourceVersion: '1',
      LaunchTemplateData: { UserData },
    }),
  )
  await account.ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName, DefaultVersion: '2' }))
  await account.create({
    DesiredCapacity: 1,
    LaunchTemplate: { LaunchTemplateName, Version: '2' },
    LifecycleHookSpecificationList: [
      {
        LifecycleHookName: 'converge',
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
        HeartbeatTimeout: 600,
      },
    ],
  })
  await account.sandbox.advance(untilInService)
  const messages = async () => (await account.activities()).flatMap(({ StatusMessage = [] }) => StatusMessage)
  return { ...account, messages }
}

describe('a launch hook that the node completes', () => {
  test('is continued once it has converged', async () => {
    const { states, sandbox } = await hookedGroup({ times: { converge: 100 } })
    await sandbox.advance(90_000)
    expect(await states()).toEqual(['Pending:Wait'])
    await sandbox.advance(15_000)
    expect(await states()).toEqual(['InService'])
  })

  test('is abandoned by one that fails, and the next one may do better', async () => {
    const { states, ids, sandbox, messages } = await hookedGroup({ failedConverges: [1] })
    const [first = ''] = await ids()
    await sandbox.advance(42_000)
    expect(await states()).toEqual(['Terminating'])
    expect(await messages()).toEqual([
      expect.stringMatching(/was abandoned: Lifecycle Action Completed with ABANDON Result$/),
    ])
    await sandbox.advance(120_000)
    expect(await states()).toEqual(['InService'])
    expect(await ids()).not.toContain(first)
  })

  test('waits for its timeout where the node hangs', async () => {
    const { states, sandbox, messages } = await hookedGroup({ hangingConverges: [1] })
    await sandbox.advance(590_000)
    expect(await states()).toEqual(['Pending:Wait'])
    await sandbox.advance(15_000)
    expect(await messages()).toEqual([expect.stringMatching(/was abandoned: Heartbeat Timeout$/)])
  })

  test('is not completed by a node that was terminated before', async () => {
    const { ids, ec2, sandbox, activities } = await hookedGroup({ times: { healthCheck: 300 } })
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: await ids() }))
    await sandbox.advance(60_000)
    expect(await activities()).toMatchObject([{ StatusCode: 'MidLifecycleAction' }])
  })
})

test('a hook that no user data names waits for whoever completes it', async () => {
  const { states, sandbox } = await hookedGroup({}, '# package:completes-hook another')
  await sandbox.advance(300_000)
  expect(await states()).toEqual(['Pending:Wait'])
})

test('an instance that gets sick later passes its status checks first, and is replaced then', async () => {
  const faults = { sickLaunches: [{ launch: 1, after: 600 }] }
  const { create, ids, ec2, sandbox, states, activities } = await groupAccount({ faults })
  await create({ DesiredCapacity: 1 })
  await sandbox.advance(untilInService + 500_000)
  const [first = ''] = await ids()
  const status = async () => {
    const { InstanceStatuses } = await ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [first] }))
    return InstanceStatuses?.[0]?.InstanceStatus?.Status
  }
  expect([await status(), ...(await states())]).toEqual(['ok', 'InService'])
  await sandbox.advance(105_000)
  expect(await status()).toBe('impaired')
  await sandbox.advance(100_000)
  expect(await states()).toEqual(['InService'])
  expect(await ids()).not.toContain(first)
  expect((await activities()).map(({ Cause }) => Cause)).toContainEqual(
    expect.stringMatching(/in response to EC2 instance status checks failure\.$/),
  )
})
