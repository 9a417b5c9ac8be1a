import { RebootInstancesCommand } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import type { Hosts } from '../src/hosts/hosts.ts'
import { noHosts } from '../src/hosts/no-hosts.ts'
import { ssmAccount } from './ssm-account.ts'

/** Hosts on which a script named `endless` runs until it is cut off. */
function endlessHosts(): Hosts & { cutOff: number } {
  const hosts = noHosts()
  return {
    ...hosts,
    cutOff: 0,
    run(machine, script) {
      if (script.text !== 'endless') return hosts.run(machine, script)
      return new Promise((_resolve, reject) => {
        script.signal.addEventListener('abort', () => {
          this.cutOff += 1
          reject(new Error('cut off'))
        })
      })
    },
  }
}

test('a reboot ends what runs, and the agent tells of it once it is up again', async () => {
  const hosts = endlessHosts()
  const { sandbox, ec2, launch, send, details, output } = ssmAccount({ hosts })
  const InstanceIds = await launch(1)
  const endless = await send(['endless'], { InstanceIds })
  await expect.poll(() => details(endless)).toEqual(['InProgress'])
  await ec2.send(new RebootInstancesCommand({ InstanceIds }))
  await sandbox.advance(10_000)
  expect(hosts.cutOff).toBe(1)
  expect(await details(endless)).toEqual(['InProgress'])
  const next = await send(['true'], { InstanceIds })
  await sandbox.advance(10_000)
  expect(await details(next)).toEqual(['Delayed'])
  await sandbox.advance(30_000)
  expect(await details(endless)).toEqual(['Failed'])
  expect(await output(endless, InstanceIds[0])).toMatchObject({
    StandardOutputContent: expect.stringMatching(/^document process failed unexpectedly: /) as string,
  })
  expect(await details(next)).toEqual(['Success'])
})

test('a reboot after the end of a command changes nothing of it', async () => {
  const { sandbox, ec2, launch, send, details } = ssmAccount()
  const InstanceIds = await launch(1)
  const id = await send(['true'], { InstanceIds })
  await sandbox.advance(10_000)
  await ec2.send(new RebootInstancesCommand({ InstanceIds }))
  await sandbox.advance(60_000)
  expect(await details(id)).toEqual(['Success'])
})
