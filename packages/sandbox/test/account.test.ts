import { fork, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { DescribeKeyPairsCommand, ImportKeyPairCommand } from '@aws-sdk/client-ec2'
import { rolldown } from 'rolldown'
import { describe, expect, onTestFinished, test } from 'vitest'

import { AccountStore } from '../src/account/account-store.ts'
import { NumberedLock } from '../src/account/numbered-lock.ts'
import { accountIn, testAccount } from './test-account.ts'

const key = {
  KeyName: 'bee',
  PublicKeyMaterial: Buffer.from(
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3FSKtPCsgPcWjzkg2tl0RyHZOCkG1bkHrKvL3PTk3K',
  ),
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'package-account-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe('the account on disk', () => {
  test('is the same in the next process', async () => {
    const first = testAccount()
    await first.ec2.send(new ImportKeyPairCommand(key))
    const second = testAccount({ folder: first.folder })
    expect((await second.ec2.send(new DescribeKeyPairsCommand())).KeyPairs).toMatchObject([
      { KeyName: 'bee' },
    ])
  })

  test('runs fast for as long as one of those lives that let it', async () => {
    const [at, now] = [folder(), Date.now()]
    const store = new AccountStore(at)
    const sandbox = accountIn(at)
    const dead = spawnSync('true').pid
    const hurry = (hurriedBy: number[]) =>
      store.change(({ clock }) => void Object.assign(clock, { speed: 50, since: now, hurriedBy }))
    await hurry([dead, process.ppid])
    await sandbox.calmClock()
    expect(store.read().clock.speed).toBe(50)
    await sandbox.setSpeed(1)
    expect(store.read().clock).toMatchObject({ speed: 50, hurriedBy: [process.ppid] })
    await hurry([dead])
    const before = sandbox.now()
    await sandbox.calmClock()
    expect(store.read().clock.speed).toBe(1)
    expect(sandbox.now()).toBeGreaterThanOrEqual(before)
  })

  test('keeps nothing of a call that is refused', async () => {
    const { ec2, folder: at } = testAccount()
    await ec2.send(new ImportKeyPairCommand(key))
    const before = new AccountStore(at).read()
    await expect(ec2.send(new ImportKeyPairCommand(key))).rejects.toThrow('already exists')
    expect(new AccountStore(at).read().regions).toEqual(before.regions)
  })

  test('keeps what was changed beside a change that is refused, and nothing of that one', async () => {
    const at = folder()
    const store = new AccountStore(at)
    const ahead = (milliseconds: number) => store.change(({ clock }) => void (clock.ahead += milliseconds))
    const refused = store.change(({ clock }) => {
      clock.ahead += 1000
      throw new Error('refused')
    })
    const changes = await Promise.allSettled([ahead(1), refused, ahead(2), refused, ahead(4)])
    expect(changes.map(({ status }) => status[0]).join('')).toBe('frfrf')
    expect(store.read().clock.ahead).toBe(7)
    expect(new AccountStore(at).read().clock.ahead).toBe(7)
  })

  test('stays for a reader as it was when it was read', async () => {
    const store = new AccountStore(folder())
    await store.change(({ clock }) => void (clock.ahead = 1))
    const before = store.read()
    await store.change(({ clock }) => void (clock.ahead = 2))
    expect([before.clock.ahead, store.read().clock.ahead]).toEqual([1, 2])
  })

  test('loses no update of four processes that change it at once', async () => {
    const at = folder()
    const counting = Array.from({ length: 4 }, async () => once(await countUp(at, '50'), 'exit'))
    const exits = (await Promise.all(counting)).map(([exit]) => exit as number)
    expect(exits).toEqual([0, 0, 0, 0])
    expect(new AccountStore(at).read().clock.ahead).toBe(200)
  })

  test('goes on after a process died holding the lock', async () => {
    const at = folder()
    const [exit, signal] = (await once(await countUp(at, 'die'), 'exit')) as [number | null, string]
    expect([exit, signal]).toEqual([null, 'SIGKILL'])
    await new AccountStore(at).change((state) => {
      state.clock.ahead += 1
    })
    expect(new AccountStore(at).read().clock.ahead).toBe(1)
  })

  test('is not kept from others by one who changes it without a pause', async () => {
    const at = folder()
    const [busy, other] = [new NumberedLock(at), new NumberedLock(at)]
    const had: string[] = []
    await busy.hold(() => void other.hold(() => void had.push('other')))
    for (let turn = 0; turn < 5000 && had.length === 0; turn += 1) await busy.hold(() => undefined)
    expect(had).toEqual(['other'])
  })

  test('leaves one lock file behind, however often it was held', async () => {
    const at = folder()
    const lock = new NumberedLock(at)
    for (let turn = 0; turn < 20; turn += 1) await lock.hold(() => undefined)
    expect(readdirSync(at)).toHaveLength(1)
  })
})

/** Starts count-up.ts, which Node 20 cannot run as it is. */
async function countUp(...words: string[]): Promise<ChildProcess> {
  const file = join(folder(), 'count-up.mjs')
  const bundle = await rolldown({ input: join(import.meta.dirname, 'count-up.ts'), platform: 'node' })
  await bundle.write({ file, format: 'esm' })
  return fork(file, words)
}
