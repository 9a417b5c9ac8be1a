import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { expect, onTestFinished, test } from 'vitest'

import type { AccountState } from '../src/account/account-state.ts'
import { balancerAccount } from './balancer-account.ts'
import { AutoScalingGroupName, groupAccount } from './group-account.ts'
import { accountIn, clientOf } from './test-account.ts'

/** What the account keeps, but for its clock. */
function kept(folder: string) {
  const { regions } = JSON.parse(readFileSync(join(folder, 'account.json'), 'utf8')) as AccountState
  for (const { autoscaling } of Object.values(regions)) autoscaling.caughtUpTo = 0
  return regions
}

test('what groups do with targets is the same in one step, in many, and with reads in between', async () => {
  const faults = { sickLaunches: [{ launch: 1, after: 90 }], unhealthyTargetLaunches: [3] }
  const account = await balancerAccount({ faults })
  const { create, autoscaling, sandbox, folder } = account
  const { targetGroupArn: TargetGroupArn } = await account.served()
  await create({ TargetGroupARNs: [TargetGroupArn], HealthCheckType: 'ELB', HealthCheckGracePeriod: 60 })
  await sandbox.advance(30_000)
  await autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: 4 }))
  const until = sandbox.now() + 1_500_500

  const copy = mkdtempSync(join(tmpdir(), 'package-sandbox-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(folder, copy, { recursive: true })
  const stepwise = accountIn(copy, { faults })
  const reader = new ElasticLoadBalancingV2Client(clientOf(stepwise))
  for (let at = sandbox.now(); at < until; at += 7000) {
    await stepwise.advanceTo(at)
    await reader.send(new DescribeTargetHealthCommand({ TargetGroupArn }))
  }
  await stepwise.advanceTo(until)
  await sandbox.advanceTo(until)
  expect(kept(copy)).toEqual(kept(folder))
  expect(Object.values(await account.targetStates(TargetGroupArn))).toEqual(
    expect.arrayContaining(['healthy', 'healthy', 'healthy', 'healthy']),
  )
})

test('an account from before there were load balancers is opened, with its groups', async () => {
  const { create, sandbox, folder } = await groupAccount()
  await create()
  await sandbox.advance(30_000)
  const path = join(folder, 'account.json')
  const account = JSON.parse(readFileSync(path, 'utf8')) as AccountState
  for (const region of Object.values(account.regions)) {
    Reflect.deleteProperty(region, 'elbv2')
    for (const group of Object.values(region.autoscaling.groups)) {
      Reflect.deleteProperty(group, 'targetGroups')
    }
  }
  writeFileSync(path, JSON.stringify(account))

  const opened = clientOf(accountIn(folder))
  const { LoadBalancers } = await new ElasticLoadBalancingV2Client(opened).send(
    new DescribeLoadBalancersCommand({}),
  )
  expect(LoadBalancers ?? []).toEqual([])
  const { AutoScalingGroups } = await new AutoScalingClient(opened).send(
    new DescribeAutoScalingGroupsCommand({}),
  )
  expect(AutoScalingGroups).toMatchObject([{ AutoScalingGroupName }])
})
