import { CreateKeyPairCommand, DescribeKeyPairsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { memoryStore } from '../src/account/memory-store.ts'
import { noHosts } from '../src/hosts/no-hosts.ts'
import { Sandbox } from '../src/sandbox.ts'
import { clientOf } from './test-account.ts'

function life(store = memoryStore()) {
  const sandbox = new Sandbox({ store, hosts: noHosts() })
  const ec2 = new EC2Client(clientOf(sandbox))
  return {
    sandbox,
    store,
    make: (KeyName: string) => ec2.send(new CreateKeyPairCommand({ KeyName })),
    names: async () => {
      const { KeyPairs = [] } = await ec2.send(new DescribeKeyPairsCommand({}))
      return KeyPairs.map(({ KeyName }) => KeyName)
    },
  }
}

test('an account in memory goes on from a snapshot, as often as one likes', async () => {
  const first = life()
  await first.make('bee')
  const snapshot = first.store.snapshot()
  await first.make('wasp')

  const second = life(memoryStore(snapshot))
  await second.make('hornet')
  const third = life(memoryStore(JSON.parse(JSON.stringify(snapshot)) as typeof snapshot))
  expect([await first.names(), await second.names(), await third.names()]).toEqual([
    ['bee', 'wasp'],
    ['bee', 'hornet'],
    ['bee'],
  ])
  expect(third.sandbox.now()).toBe(second.sandbox.now())
  await first.sandbox.reset()
  expect(await first.names()).toEqual([])
})

test('changes that come at once both stay, and one that fails leaves nothing', async () => {
  const { make, names, sandbox } = life()
  await Promise.all([make('bee'), make('wasp')])
  await expect(make('bee')).rejects.toMatchObject({ Code: 'InvalidKeyPair.Duplicate' })
  expect(new Set(await names())).toEqual(new Set(['bee', 'wasp']))
  const before = sandbox.now()
  await sandbox.advance(60_000)
  expect(sandbox.now() - before).toBe(60_000)
})

test('time in which nothing is due copies nothing of the account', async () => {
  const { make, sandbox, store } = life()
  await make('bee')
  const { regions } = store.read()
  const before = sandbox.now()
  for (let second = 0; second < 5; second += 1) await sandbox.advance(1000)
  expect(sandbox.now() - before).toBe(5000)
  expect(store.read().regions).toBe(regions)
})
