import {
  DescribeInstanceStatusCommand,
  GetConsoleOutputCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { account, one, run, statesOf } from './instance-account.ts'
import { code } from './test-account.ts'

describe('the life of an instance', () => {
  test('is pending, running, stopping, stopped, pending again, and terminated in the end', async () => {
    const { ec2, sandbox } = account()
    const ids = await run(ec2)
    const seen = [await statesOf(ec2, ids)]
    const pass = async (seconds: number) => {
      await sandbox.advance(seconds * 1000)
      seen.push(await statesOf(ec2, ids))
    }
    await pass(20)
    await ec2.send(new StopInstancesCommand({ InstanceIds: ids }))
    await pass(0)
    await pass(20)
    await ec2.send(new StartInstancesCommand({ InstanceIds: ids }))
    await pass(0)
    await pass(20)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: ids }))
    await pass(0)
    await pass(20)
    expect(seen.flat()).toEqual([
      'pending',
      'running',
      'stopping',
      'stopped',
      'pending',
      'running',
      'shutting-down',
      'terminated',
    ])
  })

  test('a terminated instance is shown for an hour, without address, and then no more', async () => {
    const { ec2, sandbox } = account()
    const [id = ''] = await run(ec2)
    await sandbox.advance(20_000)
    expect((await one(ec2, id))?.PublicIpAddress).toMatch(/^127\./)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
    await sandbox.advance(60_000)
    const instance = await one(ec2, id)
    expect(instance?.State).toEqual({ Code: 48, Name: 'terminated' })
    expect(instance?.PublicIpAddress).toBeUndefined()
    expect(instance?.StateReason?.Code).toBe('Client.UserInitiatedShutdown')
    await sandbox.advance(3_600_000)
    await expect(one(ec2, id)).rejects.toEqual(code('InvalidInstanceID.NotFound'))
  })

  test('statuses are given for 100 ids at most', async () => {
    const { ec2, sandbox } = account()
    const ids = await run(ec2, { MinCount: 101, MaxCount: 101 })
    await sandbox.advance(20_000)
    const some = new DescribeInstanceStatusCommand({ InstanceIds: ids.slice(1) })
    expect((await ec2.send(some)).InstanceStatuses).toHaveLength(100)
    await expect(ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: ids }))).rejects.toEqual(
      code('InvalidRequest'),
    )
  })

  test('status checks come after it runs, and its console later still', async () => {
    const { ec2, sandbox } = account()
    const [id = ''] = await run(ec2, { InstanceType: 't2.micro' })
    const status = async () => {
      const { InstanceStatuses = [] } = await ec2.send(
        new DescribeInstanceStatusCommand({ InstanceIds: [id], IncludeAllInstances: true }),
      )
      return InstanceStatuses[0]?.InstanceStatus?.Status
    }
    const console = async () =>
      Buffer.from(
        (await ec2.send(new GetConsoleOutputCommand({ InstanceId: id }))).Output ?? '',
        'base64',
      ).toString()
    expect([await status(), await console()]).toEqual(['not-applicable', ''])
    await sandbox.advance(20_000)
    expect([await status(), await console()]).toEqual(['initializing', ''])
    await sandbox.advance(60_000)
    expect([await status(), await console()]).toEqual(['ok', expect.stringContaining(`${id} login:`)])
    await expect(ec2.send(new GetConsoleOutputCommand({ InstanceId: id, Latest: true }))).rejects.toEqual(
      code('UnsupportedOperation'),
    )
  })

  test('each start gives another public address, and a stopped one has none', async () => {
    const { ec2, sandbox } = account()
    const [id = ''] = await run(ec2)
    await run(ec2)
    await sandbox.advance(20_000)
    const first = (await one(ec2, id))?.PublicIpAddress
    await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))
    await sandbox.advance(20_000)
    await run(ec2)
    expect((await one(ec2, id))?.PublicIpAddress).toBeUndefined()
    await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }))
    await sandbox.advance(20_000)
    const second = (await one(ec2, id))?.PublicIpAddress
    expect(second).toBeDefined()
    expect(second).not.toBe(first)
  })

  test('what is asked in the wrong state is refused', async () => {
    const { ec2, sandbox } = account()
    const InstanceIds = await run(ec2)
    await expect(ec2.send(new StopInstancesCommand({ InstanceIds }))).rejects.toEqual(
      code('IncorrectInstanceState'),
    )
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }))
    await sandbox.advance(20_000)
    await expect(ec2.send(new StartInstancesCommand({ InstanceIds }))).rejects.toEqual(
      code('IncorrectInstanceState'),
    )
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }))
  })
})
