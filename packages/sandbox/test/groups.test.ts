import { readFileSync, writeFileSync } from 'node:fs'

import {
  AutoScalingClient,
  CreateOrUpdateTagsCommand,
  DeleteAutoScalingGroupCommand,
  DeleteTagsCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  DescribeTagsCommand,
  DisableMetricsCollectionCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling'
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { AutoScalingGroupName, groupAccount, untilInService } from './group-account.ts'
import { accountIn, clientOf } from './test-account.ts'

describe('a group', () => {
  test('fills over time, spread over its zones, and its instances are those of EC2', async () => {
    const { create, sandbox, states, instances, activities, ec2 } = await groupAccount()
    await create({
      DesiredCapacity: 4,
      Tags: [
        { Key: 'group', Value: 'bee', PropagateAtLaunch: true },
        { Key: 'package:phase', Value: 'staging', PropagateAtLaunch: false },
      ],
    })
    expect(await states()).toEqual([])
    await sandbox.advance(6000)
    expect(await states()).toEqual(['Pending', 'Pending', 'Pending', 'Pending'])
    await sandbox.advance(untilInService)
    const members = await instances()
    expect(members.map(({ AvailabilityZone = '' }) => AvailabilityZone).sort()).toEqual([
      'us-east-1a',
      'us-east-1a',
      'us-east-1b',
      'us-east-1b',
    ])
    expect(members[0]).toMatchObject({
      LifecycleState: 'InService',
      HealthStatus: 'Healthy',
      LaunchTemplate: { LaunchTemplateName: 'bee', Version: '1' },
      ProtectedFromScaleIn: false,
    })
    const { Reservations = [] } = await ec2.send(
      new DescribeInstancesCommand({
        Filters: [{ Name: 'tag:aws:autoscaling:groupName', Values: [AutoScalingGroupName] }],
      }),
    )
    const machines = Reservations.flatMap(({ Instances = [] }) => Instances)
    expect(machines.map(({ InstanceId = '' }) => InstanceId).sort()).toEqual(
      members.map(({ InstanceId = '' }) => InstanceId).sort(),
    )
    const tags = machines[0]?.Tags?.map(({ Key }) => Key)
    expect(tags).toContain('group')
    expect(tags).not.toContain('package:phase')
    expect((await activities()).map(({ StatusCode }) => StatusCode)).toEqual(
      Array.from({ length: 4 }, () => 'Successful'),
    )
  })

  test('is the same whenever and through whichever process it is looked at', async () => {
    const { create, sandbox, ids, folder, autoscaling } = await groupAccount({
      faults: { times: { groupActivity: 0 } },
    })
    await create()
    // Nothing was changed since: each of these reads lets the group launch anew.
    const first = await ids()
    expect(first).toHaveLength(2)
    expect(await ids()).toEqual(first)
    const other = accountIn(folder, { faults: { times: { groupActivity: 0 } } })
    expect(other.machines()).toEqual([])
    await sandbox.advance(60_000)
    expect(await ids()).toEqual(first)
    expect(
      other
        .machines()
        .map(({ instanceId }) => instanceId)
        .sort(),
    ).toEqual([...first].sort())
    await autoscaling.send(new SuspendProcessesCommand({ AutoScalingGroupName }))
    expect(await ids()).toEqual(first)
  })

  test('has a name that nobody else can take', async () => {
    const { create } = await groupAccount()
    await create()
    await expect(create()).rejects.toMatchObject({ Code: 'AlreadyExists' })
  })

  test('is refused where it contradicts itself or names what does not exist', async () => {
    const { create } = await groupAccount()
    const refused = [
      [{ MinSize: 5 }, /must be greater than or equal to min bound/],
      [{ DesiredCapacity: 9 }, /must be between/],
      [{ AvailabilityZones: [] }, /At least one Availability Zone/],
      [{ VPCZoneIdentifier: 'subnet-0123456789abcdef0' }, /does not exist/],
      [{ LaunchTemplate: { LaunchTemplateName: 'wasp' } }, /template name wasp, does not exist/],
      [{ LaunchTemplate: { LaunchTemplateName: 'bee', Version: '7' } }, /specified version 7/],
      [{ LaunchTemplate: undefined }, /Valid requests must contain/],
    ] as const
    for (const [more, message] of refused) {
      await expect(create(more as object)).rejects.toMatchObject({
        Code: 'ValidationError',
        message: expect.stringMatching(message) as string,
      })
    }
  })

  test('is deleted when it is empty, or by force, and takes a while to be gone', async () => {
    const { create, sandbox, group, autoscaling, states, activities, ids, ec2 } = await groupAccount()
    await create()
    await sandbox.advance(untilInService)
    const remove = (ForceDelete = false) =>
      autoscaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete }))
    await expect(remove()).rejects.toMatchObject({ Code: 'ResourceInUse' })
    const members = await ids()
    await remove(true)
    expect(await group()).toMatchObject({ Status: 'Delete in progress' })
    expect(await states()).toEqual(['Terminating', 'Terminating'])
    await expect(create()).rejects.toMatchObject({ Code: 'AlreadyExists' })
    await sandbox.advance(30_000)
    expect(await group()).toBeUndefined()
    await expect(activities()).rejects.toMatchObject({ Code: 'ValidationError' })
    const past = await autoscaling.send(
      new DescribeScalingActivitiesCommand({ AutoScalingGroupName, IncludeDeletedGroups: true }),
    )
    expect(past.Activities).toHaveLength(4)
    expect(past.Activities?.[0]).toMatchObject({ AutoScalingGroupState: 'Deleted' })
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: members }))
    expect(Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name))).toEqual([
      'terminated',
      'terminated',
    ])
    await expect(remove()).rejects.toMatchObject({ Code: 'ValidationError' })
  })

  test('that is empty is deleted without force', async () => {
    const { create, group, autoscaling, sandbox } = await groupAccount()
    await create({ MinSize: 0, DesiredCapacity: 0 })
    await autoscaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName }))
    await sandbox.advance(10_000)
    expect(await group()).toBeUndefined()
  })

  test('groups are listed by pages of fifty, and by their tags', async () => {
    const { create, autoscaling } = await groupAccount()
    for (let number = 0; number < 51; number++) {
      await create({
        AutoScalingGroupName: `group-${String(number).padStart(2, '0')}`,
        MinSize: 0,
        DesiredCapacity: 0,
        Tags: [{ Key: 'parity', Value: number % 2 === 0 ? 'even' : 'odd', PropagateAtLaunch: true }],
      })
    }
    const first = await autoscaling.send(new DescribeAutoScalingGroupsCommand({}))
    expect(first.AutoScalingGroups).toHaveLength(50)
    const second = await autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ NextToken: first.NextToken, MaxRecords: 100 }),
    )
    expect(second.AutoScalingGroups?.map((each) => each.AutoScalingGroupName)).toEqual(['group-50'])
    const even = await autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ Filters: [{ Name: 'tag:parity', Values: ['even'] }] }),
    )
    expect(even.AutoScalingGroups).toHaveLength(26)
    await expect(
      autoscaling.send(new DescribeAutoScalingGroupsCommand({ MaxRecords: 101 })),
    ).rejects.toMatchObject({ Code: 'ValidationError' })
    await expect(
      autoscaling.send(new DescribeAutoScalingGroupsCommand({ NextToken: 'x' })),
    ).rejects.toMatchObject({ Code: 'InvalidNextToken' })
  })
})

test('tags of a group are put, found and deleted; instances that run keep theirs', async () => {
  const { create, autoscaling } = await groupAccount()
  await create({ Tags: [{ Key: 'group', Value: 'bee', PropagateAtLaunch: true }] })
  const tag = { ResourceId: AutoScalingGroupName, ResourceType: 'auto-scaling-group' }
  await autoscaling.send(
    new CreateOrUpdateTagsCommand({
      Tags: [{ ...tag, Key: 'package:phase', Value: 'live', PropagateAtLaunch: false }],
    }),
  )
  const found = await autoscaling.send(
    new DescribeTagsCommand({ Filters: [{ Name: 'key', Values: ['package:phase'] }] }),
  )
  expect(found.Tags).toEqual([{ ...tag, Key: 'package:phase', Value: 'live', PropagateAtLaunch: false }])
  await autoscaling.send(new DeleteTagsCommand({ Tags: [{ ...tag, Key: 'package:phase' }] }))
  const left = await autoscaling.send(new DescribeTagsCommand({}))
  expect(left.Tags?.map(({ Key }) => Key)).toEqual(['group'])
  await expect(
    autoscaling.send(new CreateOrUpdateTagsCommand({ Tags: [{ ...tag, ResourceId: 'none', Key: 'a' }] })),
  ).rejects.toMatchObject({ Code: 'ValidationError' })
})

test('its metrics, which are never collected, can be disabled, as by Ansible', async () => {
  const { autoscaling, create } = await groupAccount()
  const disable = new DisableMetricsCollectionCommand({ AutoScalingGroupName })
  await expect(autoscaling.send(disable)).rejects.toMatchObject({ Code: 'ValidationError' })
  await create()
  await autoscaling.send(disable)
})

test('an account of before there were groups still opens', async () => {
  const { folder } = await groupAccount()
  const path = `${folder}/account.json`
  const state = JSON.parse(readFileSync(path, 'utf8')) as { regions: Record<string, Record<string, unknown>> }
  for (const region of Object.values(state.regions)) delete region['autoscaling']
  writeFileSync(path, JSON.stringify(state))
  const client = new AutoScalingClient(clientOf(accountIn(folder)))
  expect((await client.send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups).toEqual([])
})
