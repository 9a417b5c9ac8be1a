import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling'
import { TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { expect, onTestFinished, test } from 'vitest'

import type { AccountState } from '../src/account/account-state.ts'
import { groupAccount } from './group-account.ts'
import { accountIn, clientOf } from './test-account.ts'

const faults = {
  impairedLaunches: [2],
  refusedLaunches: [
    {
      zone: 'us-east-1a',
      launches: [1, 2, 6, 9],
      code: 'InsufficientInstanceCapacity',
      message: 'None left.',
    },
    { zone: 'us-east-1b', launches: [3, 4], code: 'InsufficientInstanceCapacity', message: 'None left.' },
  ],
}

/** What the account keeps, but for its clock. */
function kept(folder: string) {
  const { regions } = JSON.parse(readFileSync(join(folder, 'account.json'), 'utf8')) as AccountState
  for (const { autoscaling } of Object.values(regions)) autoscaling.caughtUpTo = 0
  return regions
}

test('what groups do is the same in one step, in many, and with reads in between', async () => {
  const { create, autoscaling, ec2, sandbox, folder, ids } = await groupAccount({ faults })
  await create({ DesiredCapacity: 3, HealthCheckGracePeriod: 120 })
  await create({ AutoScalingGroupName: 'wasp-v000', LifecycleHookSpecificationList: [] })
  await autoscaling.send(
    new PutLifecycleHookCommand({
      AutoScalingGroupName: 'wasp-v000',
      LifecycleHookName: 'converge',
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      HeartbeatTimeout: 45,
    }),
  )
  await sandbox.advance(60_500)
  const [victim = ''] = await ids()
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [victim] }))
  const until = sandbox.now() + 900_500

  const copy = mkdtempSync(join(tmpdir(), 'package-sandbox-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(folder, copy, { recursive: true })
  const stepwise = accountIn(copy, { faults })
  const reader = new AutoScalingClient(clientOf(stepwise))
  for (let at = sandbox.now(); at < until; at += 7000) {
    await stepwise.advanceTo(at)
    await reader.send(new DescribeAutoScalingGroupsCommand({}))
  }
  await stepwise.advanceTo(until)
  await sandbox.advanceTo(until)
  expect(kept(copy)).toEqual(kept(folder))
  const activities = Object.values(kept(folder)['us-east-1']?.autoscaling.groups ?? {}).flatMap(
    (group) => group.activities,
  )
  const statuses = new Set(activities.map(({ status }) => status))
  expect([...statuses]).toEqual(expect.arrayContaining(['Successful', 'Failed', 'Cancelled']))
})

test('five hundred instances come into service', async () => {
  const { create, sandbox, autoscaling } = await groupAccount()
  await create({ MinSize: 500, MaxSize: 500, DesiredCapacity: 500 })
  await sandbox.advance(60_000)
  const found = await autoscaling.send(new DescribeAutoScalingGroupsCommand({}))
  const members = found.AutoScalingGroups?.[0]?.Instances ?? []
  expect(members.filter(({ LifecycleState }) => LifecycleState === 'InService')).toHaveLength(500)
})
