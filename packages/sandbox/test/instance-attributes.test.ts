import {
  DeleteKeyPairCommand,
  DescribeInstanceAttributeCommand,
  ImportKeyPairCommand,
  ModifyInstanceAttributeCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { account, one, run, statesOf } from './instance-account.ts'
import { code } from './test-account.ts'

describe('attributes', () => {
  test('termination protection keeps all the instances of the call', async () => {
    const { ec2 } = account()
    const [id = ''] = await run(ec2, { DisableApiTermination: true })
    const InstanceIds = [id, ...(await run(ec2))]
    await expect(ec2.send(new TerminateInstancesCommand({ InstanceIds }))).rejects.toEqual(
      code('OperationNotPermitted'),
    )
    expect(await statesOf(ec2)).toEqual(['pending', 'pending'])
    await ec2.send(
      new ModifyInstanceAttributeCommand({ InstanceId: id, DisableApiTermination: { Value: false } }),
    )
    const { DisableApiTermination } = await ec2.send(
      new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'disableApiTermination' }),
    )
    expect(DisableApiTermination?.Value).toBe(false)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }))
  })

  test('the type changes only while it is stopped', async () => {
    const { ec2, sandbox } = account()
    const [id = ''] = await run(ec2)
    await sandbox.advance(20_000)
    const grow = new ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType: { Value: 't3.large' } })
    await expect(ec2.send(grow)).rejects.toEqual(code('IncorrectInstanceState'))
    await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))
    await sandbox.advance(20_000)
    await ec2.send(grow)
    expect((await one(ec2, id))?.InstanceType).toBe('t3.large')
  })

  test('user data comes back as it was given', async () => {
    const { ec2 } = account()
    const UserData = Buffer.from('#!/bin/sh\necho grün\n').toString('base64')
    const [id = ''] = await run(ec2, { UserData })
    const answer = await ec2.send(
      new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' }),
    )
    expect(answer.UserData?.Value).toBe(UserData)
  })
})

test('the key pair stays the machine’s when it is deleted in the account', async () => {
  const { ec2, sandbox } = account()
  const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJd8dSTIBtgaPLdXfCUjKfC7A/rPNkCvlnTqjfJd1L2T someone'
  await ec2.send(new ImportKeyPairCommand({ KeyName: 'ops', PublicKeyMaterial: Buffer.from(publicKey) }))
  const [id = ''] = await run(ec2, { KeyName: 'ops' })
  await ec2.send(new DeleteKeyPairCommand({ KeyName: 'ops' }))
  await sandbox.advance(20_000)
  const [machine] = sandbox.machines()
  expect(machine?.authorizedKeys[0]).toContain('AAAAC3NzaC1lZDI1NTE5AAAAIJd8dSTIBtgaPLdXfCUjKfC7A')
  expect((await one(ec2, id))?.KeyName).toBe('ops')
})
