import {
  BatchDeleteScheduledActionCommand,
  BatchPutScheduledUpdateGroupActionCommand,
  DeletePolicyCommand,
  DeleteScheduledActionCommand,
  DescribePoliciesCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  PutScheduledUpdateGroupActionCommand,
} from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { AutoScalingGroupName, groupAccount } from './group-account.ts'

test('a policy is kept as it was put, replaced under its name, and deleted', async () => {
  const { create, autoscaling } = await groupAccount()
  await create()
  const tracking = (TargetValue: number) =>
    autoscaling.send(
      new PutScalingPolicyCommand({
        AutoScalingGroupName,
        PolicyName: 'cpu',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          TargetValue,
        },
      }),
    )
  const first = await tracking(50)
  expect(first.Alarms).toHaveLength(2)
  const again = await tracking(60)
  expect(again.PolicyARN).toBe(first.PolicyARN)
  await autoscaling.send(
    new PutScalingPolicyCommand({
      AutoScalingGroupName,
      PolicyName: 'steps',
      PolicyType: 'StepScaling',
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 2 }],
    }),
  )
  const shown = await autoscaling.send(new DescribePoliciesCommand({ AutoScalingGroupName }))
  expect(shown.ScalingPolicies).toMatchObject([
    {
      PolicyName: 'cpu',
      PolicyARN: first.PolicyARN,
      Enabled: true,
      TargetTrackingConfiguration: {
        TargetValue: 60,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      },
    },
    { PolicyName: 'steps', StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 2 }] },
  ])
  const remove = () => autoscaling.send(new DeletePolicyCommand({ AutoScalingGroupName, PolicyName: 'cpu' }))
  await remove()
  const left = await autoscaling.send(new DescribePoliciesCommand({ AutoScalingGroupName }))
  expect(left.ScalingPolicies).toHaveLength(1)
  await expect(remove()).rejects.toMatchObject({ Code: 'ValidationError' })
  await expect(
    autoscaling.send(
      new PutScalingPolicyCommand({ AutoScalingGroupName, PolicyName: 'x', PolicyType: 'StepScaling' }),
    ),
  ).rejects.toMatchObject({ Code: 'ValidationError' })
})

test('scheduled actions are kept as they were put, alone or in a batch, and deleted', async () => {
  const { create, autoscaling, sandbox } = await groupAccount()
  await create()
  const names = { AutoScalingGroupName, ScheduledActionName: 'night' }
  const StartTime = new Date(Math.floor(sandbox.now() / 1000) * 1000 + 3_600_000)
  await autoscaling.send(
    new PutScheduledUpdateGroupActionCommand({
      ...names,
      StartTime,
      MinSize: 0,
      MaxSize: 0,
      DesiredCapacity: 0,
    }),
  )
  const batch = await autoscaling.send(
    new BatchPutScheduledUpdateGroupActionCommand({
      AutoScalingGroupName,
      ScheduledUpdateGroupActions: [
        { ScheduledActionName: 'morning', Recurrence: '0 6 * * 1-5', TimeZone: 'Europe/Berlin', MinSize: 1 },
        { ScheduledActionName: 'never', Recurrence: 'never', MinSize: 1 },
      ],
    }),
  )
  expect(batch.FailedScheduledUpdateGroupActions).toMatchObject([
    { ScheduledActionName: 'never', ErrorCode: 'ValidationError' },
  ])
  const show = () => autoscaling.send(new DescribeScheduledActionsCommand({ AutoScalingGroupName }))
  expect((await show()).ScheduledUpdateGroupActions).toMatchObject([
    { ...names, StartTime, MinSize: 0, MaxSize: 0, DesiredCapacity: 0 },
    { ScheduledActionName: 'morning', Recurrence: '0 6 * * 1-5', TimeZone: 'Europe/Berlin', MinSize: 1 },
  ])
  await expect(
    autoscaling.send(
      new PutScheduledUpdateGroupActionCommand({ ...names, StartTime: new Date(0), MinSize: 0 }),
    ),
  ).rejects.toMatchObject({ Code: 'ValidationError' })
  await autoscaling.send(new DeleteScheduledActionCommand(names))
  await expect(autoscaling.send(new DeleteScheduledActionCommand(names))).rejects.toMatchObject({
    Code: 'ValidationError',
  })
  const deleted = await autoscaling.send(
    new BatchDeleteScheduledActionCommand({
      AutoScalingGroupName,
      ScheduledActionNames: ['morning', 'never'],
    }),
  )
  expect(deleted.FailedScheduledActions).toMatchObject([{ ScheduledActionName: 'never' }])
  expect((await show()).ScheduledUpdateGroupActions).toEqual([])
})
