import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  PutScalingPolicyCommand,
  PutScheduledUpdateGroupActionCommand,
} from '@aws-sdk/client-auto-scaling'
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { expect, test } from 'vitest'

import type { AccountState } from '../src/account/account-state.ts'
import { memoryStore } from '../src/account/memory-store.ts'
import { noHosts } from '../src/hosts/no-hosts.ts'
import { Sandbox } from '../src/sandbox.ts'
import { AutoScalingGroupName, groupAccount } from './group-account.ts'
import { clientOf } from './test-account.ts'

const minute = 60_000

/** What the account keeps, but for its clock. */
function kept({ regions }: AccountState) {
  for (const { autoscaling } of Object.values(regions)) autoscaling.caughtUpTo = 0
  return regions
}

test('what alarms and scheduled actions do is the same in one step, in many, and with reads in between', async () => {
  const store = memoryStore()
  const { create, autoscaling, sandbox } = await groupAccount({ store })
  await create({ MaxSize: 10 })
  await autoscaling.send(
    new PutScalingPolicyCommand({
      AutoScalingGroupName,
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      EstimatedInstanceWarmup: 60,
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        TargetValue: 50,
      },
    }),
  )
  await autoscaling.send(
    new PutScheduledUpdateGroupActionCommand({
      AutoScalingGroupName,
      ScheduledActionName: 'every ten minutes',
      Recurrence: '*/10 * * * *',
      DesiredCapacity: 2,
    }),
  )
  const MetricData = Array.from({ length: 60 }, (_, index) => ({
    MetricName: 'CPUUtilization',
    Dimensions: [{ Name: 'AutoScalingGroupName', Value: AutoScalingGroupName }],
    Timestamp: new Date(sandbox.now() + index * minute),
    Value: index % 30 < 12 ? 90 : 10,
  }))
  await new CloudWatchClient(clientOf(sandbox)).send(
    new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData }),
  )

  const other = memoryStore(store.snapshot())
  const stepwise = new Sandbox({ store: other, hosts: noHosts() })
  const groups = new AutoScalingClient(clientOf(stepwise))
  const alarms = new CloudWatchClient(clientOf(stepwise))
  const until = sandbox.now() + 100 * minute
  for (let at = sandbox.now(); at < until; at += 47_000) {
    await stepwise.advanceTo(at)
    await groups.send(new DescribeAutoScalingGroupsCommand({}))
    await alarms.send(new DescribeAlarmsCommand({}))
  }
  await stepwise.advanceTo(until)
  await sandbox.advanceTo(until)
  expect(kept(other.snapshot())).toEqual(kept(store.snapshot()))
  const group = kept(store.snapshot())['us-east-1']?.autoscaling.groups[AutoScalingGroupName]
  const causes = group?.activities.map(({ cause }) => cause).join('\n')
  expect(causes).toMatch(
    /monitor alarm TargetTracking-bee-v000-AlarmHigh-\S+ in state ALARM triggered policy cpu/,
  )
  expect(causes).toContain('a scheduled action update')
})
