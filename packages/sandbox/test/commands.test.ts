import { StopInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { CancelCommandCommand, ListCommandInvocationsCommand, SendCommandCommand } from '@aws-sdk/client-ssm'
import { describe, expect, test } from 'vitest'

import type { AgentScript, Hosts, Machine } from '../src/hosts/hosts.ts'
import { noHosts } from '../src/hosts/no-hosts.ts'
import { ssmAccount } from './ssm-account.ts'
import { accountIn } from './test-account.ts'

/** Hosts on which a script fails where the text of its number among the machines is in it. */
function hostsWhere(exitCode: (script: AgentScript, machine: Machine) => number): Hosts {
  const run: Hosts['run'] = (machine, script) =>
    Promise.resolve({
      exitCode: exitCode(script, machine),
      stdout: '',
      stderr: '',
      seconds: 0,
      isTimedOut: false,
    })
  return { ...noHosts(), run }
}

describe('commands', () => {
  test('run in the order of their targets, as many at once as may, on the clock of the account', async () => {
    const { sandbox, launch, send, details, command } = ssmAccount()
    const InstanceIds = await launch(5)
    const id = await send(['true'], { InstanceIds, MaxConcurrency: '2' })
    expect(await command(id)).toMatchObject({ TargetCount: 5, CompletedCount: 0 })
    await sandbox.advance(1000)
    expect(await details(id)).toEqual(['InProgress', 'InProgress', 'Pending', 'Pending', 'Pending'])
    expect(await command(id)).toMatchObject({ Status: 'InProgress', MaxErrors: '0' })
    await sandbox.advance(2000)
    expect(await details(id)).toEqual(['Success', 'Success', 'InProgress', 'InProgress', 'Pending'])
    await sandbox.advance(60_000)
    expect(await command(id)).toMatchObject({
      Status: 'Success',
      StatusDetails: 'Success',
      CompletedCount: 5,
    })
  })

  test('stop at one error more than may be, and let those that run come to their end', async () => {
    let runs = 0
    const hosts = hostsWhere(() => ((runs += 1) <= 3 ? 1 : 0))
    const { sandbox, launch, send, details, command } = ssmAccount({ hosts })
    const InstanceIds = await launch(6)
    const id = await send(['false'], { InstanceIds, MaxConcurrency: '2', MaxErrors: '2' })
    await sandbox.advance(60_000)
    // The third error comes while the fourth runs.
    expect(await details(id)).toEqual(['Failed', 'Failed', 'Failed', 'Success', 'Terminated', 'Terminated'])
    expect(await command(id)).toMatchObject({ Status: 'Failed', ErrorCount: 3, CompletedCount: 6 })
  })

  test('with as many errors as may be they go on, and are incomplete', async () => {
    let runs = 0
    const hosts = hostsWhere(() => ((runs += 1) <= 2 ? 3 : 0))
    const { sandbox, launch, send, details, command } = ssmAccount({ hosts })
    const InstanceIds = await launch(4)
    const id = await send(['false'], { InstanceIds, MaxConcurrency: '25%', MaxErrors: '50%' })
    await sandbox.advance(60_000)
    expect(await details(id)).toEqual(['Failed', 'Failed', 'Success', 'Success'])
    expect(await command(id)).toMatchObject({ Status: 'Failed', StatusDetails: 'Incomplete', ErrorCount: 2 })
  })

  test('go to those that all tags are on', async () => {
    const { sandbox, launch, send, invocations, command, ssm } = ssmAccount()
    const tags = (...pairs: [string, string][]) => ({
      TagSpecifications: [
        { ResourceType: 'instance' as const, Tags: pairs.map(([Key, Value]) => ({ Key, Value })) },
      ],
    })
    const bees = await launch(60, tags(['group', 'bee'], ['zone', 'a']))
    await launch(2, tags(['group', 'wasp'], ['zone', 'a']))
    await launch(2, { ...tags(['group', 'bee'], ['zone', 'a']), IamInstanceProfile: undefined })
    const Targets = [
      { Key: 'tag:group', Values: ['bee', 'ant'] },
      { Key: 'tag:zone', Values: ['a'] },
    ]
    const id = await send(['true'], { Targets })
    await sandbox.advance(60_000)
    const first = await ssm.send(new ListCommandInvocationsCommand({ CommandId: id }))
    const { NextToken } = first
    const rest = await ssm.send(new ListCommandInvocationsCommand({ CommandId: id, NextToken }))
    const seen = [first, rest].map(({ CommandInvocations: list = [] }) => list.map((each) => each.InstanceId))
    expect(seen.map((each) => each.length)).toEqual([50, 10])
    expect(seen.flat()).toEqual(bees)

    const none = await send(['true'], { Targets: [{ Key: 'tag:group', Values: ['ant'] }] })
    await sandbox.advance(60_000)
    expect(await command(none)).toMatchObject({ Status: 'Success', StatusDetails: 'NoInstancesInTag' })
    expect(await invocations(none)).toEqual([])
  })

  test('are given up where no agent takes them, or none tells of their end', async () => {
    const { sandbox, ec2, launch, send, details, command } = ssmAccount({
      faults: { times: { command: 90 } },
    })
    const InstanceIds = await launch(3)
    const [stopped = '', ended = ''] = InstanceIds
    await ec2.send(new StopInstancesCommand({ InstanceIds: [stopped] }))
    const Parameters = { executionTimeout: ['120'] }
    const id = await send(['true'], { InstanceIds, TimeoutSeconds: 60, MaxErrors: '1', Parameters })
    await sandbox.advance(10_000)
    expect(await details(id)).toEqual(['Delayed', 'InProgress', 'InProgress'])
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [ended] }))
    await sandbox.advance(100_000)
    expect(await details(id)).toEqual(['Delayed', 'InProgress', 'Success'])
    await sandbox.advance(100_000)
    expect(await details(id)).toEqual(['DeliveryTimedOut', 'DeliveryTimedOut', 'Success'])
    expect(await command(id)).toMatchObject({ Status: 'TimedOut', DeliveryTimedOutCount: 2, ErrorCount: 0 })
  })

  test('can be cancelled', async () => {
    const { sandbox, ssm, launch, send, details, command } = ssmAccount()
    const InstanceIds = await launch(3)
    const id = await send(['true'], { InstanceIds, MaxConcurrency: '1' })
    await sandbox.advance(2500)
    await ssm.send(new CancelCommandCommand({ CommandId: id }))
    expect(await details(id)).toEqual(['Success', 'Cancelling', 'Cancelled'])
    expect(await command(id)).toMatchObject({ Status: 'Cancelling' })
    await sandbox.advance(60_000)
    expect(await details(id)).toEqual(['Success', 'Cancelled', 'Cancelled'])
    expect(await command(id)).toMatchObject({ Status: 'Cancelled' })
  })

  const refused: [string, string, object][] = [
    ['another document', 'InvalidDocument', { DocumentName: 'AWS-RunPowerShellScript' }],
    ['no commands', 'InvalidParameters', { Parameters: {} }],
    ['a parameter that is none', 'InvalidParameters', { Parameters: { commands: ['true'], bee: ['1'] } }],
    ['a bad timeout', 'InvalidParameters', { Parameters: { commands: ['true'], executionTimeout: ['0'] } }],
    ['none at once', 'ValidationException', { MaxConcurrency: '0' }],
    ['a share above all', 'ValidationException', { MaxErrors: '101%' }],
    ['a delivery in no time', 'ValidationException', { TimeoutSeconds: 29 }],
    ['targets too', 'ValidationException', { Targets: [{ Key: 'tag:a', Values: ['b'] }] }],
    ['more than 50 ids', 'ValidationException', { InstanceIds: Array<string>(51).fill('i-0') }],
    ['an id that is none', 'InvalidInstanceId', { InstanceIds: ['i-0123456789abcdef0'] }],
  ]
  test.each(refused)('are refused with %s: %s', async (_name, code, more) => {
    const { ssm, launch } = ssmAccount()
    const InstanceIds = await launch(1)
    const right = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['true'] }, InstanceIds }
    await expect(ssm.send(new SendCommandCommand({ ...right, ...more }))).rejects.toMatchObject({
      name: code,
    })
  })

  test('of a process that ended before they did are taken up by the next one', async () => {
    const never = new Promise<never>(() => undefined)
    const { sandbox, folder, launch, send, details } = ssmAccount({
      hosts: { ...noHosts(), run: () => never },
    })
    const InstanceIds = await launch(1)
    const id = await send(['true'], { InstanceIds })
    await expect.poll(() => details(id)).toEqual(['InProgress'])
    await sandbox.close()
    const next = accountIn(folder)
    await next.advance(60_000)
    expect(await details(id)).toEqual(['Success'])
  })
})
