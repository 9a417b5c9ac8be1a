import { readFileSync, writeFileSync } from 'node:fs'

import {
  DescribeInstanceAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import type { AccountState } from '../src/account/account-state.ts'
import { ImageId, testAccount } from './test-account.ts'

const UserData = Buffer.from('#!/bin/sh\n').toString('base64')

/** An account on disk, in which two instances with the same user data are launched. */
async function accountOfTwo() {
  const { ec2, sandbox, folder } = testAccount({ images: [{ region: 'us-east-1', imageId: ImageId }] })
  const path = `${folder}/account.json`
  const kept = () => {
    const account = JSON.parse(readFileSync(path, 'utf8')) as AccountState
    const region = account.regions['us-east-1']
    if (!region) throw new Error('the account is empty')
    return { account, state: region.ec2 }
  }
  const write = (account: AccountState) => writeFileSync(path, JSON.stringify(account))
  const launch = async (count: number, userData?: string) => {
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({ ImageId, MinCount: count, MaxCount: count, UserData: userData }),
    )
    return Instances.map(({ InstanceId = '' }) => InstanceId)
  }
  return { ec2, sandbox, kept, write, launch, ids: await launch(2, UserData) }
}

test('user data is kept once for all who have it, and no longer than any has', async () => {
  const { ec2, sandbox, kept, launch, ids } = await accountOfTwo()
  expect(Object.values(kept().state.userData)).toEqual([UserData])
  await sandbox.advance(30_000)
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: ids }))
  await sandbox.advance(3_700_000)
  await launch(1)
  expect(kept().state.userData).toEqual({})
})

test('an account that kept it with each instance still opens', async () => {
  const { ec2, kept, write, ids } = await accountOfTwo()
  const { account, state } = kept()
  const parts: Partial<typeof state> = state
  delete parts.userData
  for (const instance of Object.values(state.instances)) {
    delete instance.userDataId
    Object.assign(instance, { userData: UserData })
  }
  write(account)
  const [InstanceId] = ids
  const attribute = new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' })
  expect((await ec2.send(attribute)).UserData?.Value).toBe(UserData)
})
