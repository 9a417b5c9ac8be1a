import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { run, TestSite } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'
import { folderHosts } from './folder-hosts.ts'

const site = new TestSite(4)
let keys: string[]

beforeAll(async () => {
  keys = [await site.newKey('key')]
})
afterAll(() => site.close())

async function booted(more: Partial<Machine> = {}): Promise<Machine> {
  const machine = site.machine(keys, more)
  await site.trust(machine)
  return machine
}

function onDisk(machine: Machine, path: string): string {
  return readFileSync(site.disk(machine, path), 'utf8')
}

describe('the console', () => {
  test('ends with the host keys as cloud-init prints them', async () => {
    const machine = await booted()
    const text = await site.hosts.console(machine)
    const key =
      /-----BEGIN SSH HOST KEY KEYS-----\n(.*)\n-----END SSH HOST KEY KEYS-----\n$/.exec(text)?.[1] ?? ''
    expect(key).toMatch(/^ssh-ed25519 AAAA\S+ root@ip-172-31-0-\d+$/)
    writeFileSync(site.path('host.pub'), `${key}\n`)
    const { stdout } = await run('ssh-keygen', ['-l', '-f', site.path('host.pub')])
    const fingerprints =
      /-----BEGIN SSH HOST KEY FINGERPRINTS-----\n.*cloud-init: (256 SHA256:.*)\n.*-----END/.exec(text)
    expect(`${fingerprints?.[1] ?? ''}\n`).toBe(stdout)
  })

  test('is the same for ever, also for the next process', async () => {
    const machine = await booted()
    const text = await site.hosts.console(machine)
    await site.reopen()
    await site.hosts.answer([machine])
    expect(await site.hosts.console(machine)).toBe(text)
    expect((await site.ssh(machine, 'true')).exitCode).toBe(0)
  })
})

test('only its owner reads the host key, which is not on the disk', async () => {
  const machine = await booted()
  const folder = site.path('hosts', machine.instanceId)
  expect(readdirSync(folder).toSorted()).toEqual(['console.log', 'disk', 'host-key'])
  expect(statSync(`${folder}/host-key`).mode & 0o777).toBe(0o600)
  await site.hosts.answer([machine])
  expect((await site.ssh(machine, 'cat /etc/hostname; . /etc/os-release; echo $ID; ls /')).stdout).toBe(
    `ip-172-31-0-${machine.address.split('.')[3]}\nubuntu\netc\nhome\nopt\nroot\ntmp\nvar\n`,
  )
})

describe('user data', () => {
  test('runs once, as root, and its output is on the console and in the log', async () => {
    const userData =
      '#!/bin/bash\nset -e\nid -un\npwd\necho failed >&2\necho once >> /root/count\nsleep 3600\necho end\n'
    const machine = await booted({ userData })
    const text = await site.hosts.console(machine)
    expect(text).toMatch(/^root\n\/\nfailed\nend\n<14>/m)
    expect(onDisk(machine, '/var/log/cloud-init-output.log')).toBe('root\n/\nfailed\nend\n')
    expect(onDisk(machine, '/var/lib/cloud/instance/user-data.txt')).toBe(userData)
    await site.reopen()
    await site.hosts.answer([machine])
    expect(onDisk(machine, '/root/count')).toBe('once\n')
    await site.hosts.answer([])
  })

  test('that fails is told of, and the machine boots', async () => {
    const machine = await booted({ userData: '#!/bin/sh -e\nfalse\necho never\n' })
    const text = await site.hosts.console(machine)
    expect(text).toContain('part-001 failed with exit code 1\n')
    expect(text).not.toContain('never')
  })

  test('that never ends, ends', async () => {
    const machine = await booted({
      userData: '#!/bin/bash\nuntil curl -s http://10.0.0.1; do sleep 5; done\n',
    })
    expect(await site.hosts.console(machine)).toContain('part-001 failed')
  })

  test('for another interpreter, or of another kind, is kept and not run', async () => {
    const python = await booted({ userData: '#!/usr/bin/env python3\nprint("x")\n' })
    expect(await site.hosts.console(python)).toContain('the user data is not run')
    const config = await booted({ userData: '#cloud-config\nruncmd: [touch /root/x]\n' })
    expect(existsSync(site.disk(config, '/root/x'))).toBe(false)
    expect(onDisk(config, '/var/lib/cloud/instance/user-data.txt')).toContain('#cloud-config')
  })
})

describe('an image', () => {
  test('has the disk of the machine that it was captured from, and a launched one goes its own way', async () => {
    const builder = await booted({ userData: '#!/bin/sh\necho builder > /root/by\n' })
    await site.hosts.answer([builder])
    await site.ssh(
      builder,
      'echo "#!/bin/sh" > tool; chmod 750 tool; sudo mkdir -p /opt/package/roles; mkdir empty',
    )
    await site.hosts.capture(builder, 'ami-0captured')
    await site.ssh(builder, 'echo later > later')
    await site.reopen()
    const launched = await booted({ imageId: 'ami-0captured', userData: '#!/bin/sh\ncat /root/by\n' })
    await site.hosts.answer([launched])
    const { stdout } = await site.ssh(launched, 'ls; ls -d /opt/package/roles; hostname; cat /etc/hostname')
    const name = launched.privateDnsName.split('.')[0] ?? ''
    expect(stdout).toBe(`empty\ntool\n/opt/package/roles\n${name}\n${name}\n`)
    expect(statSync(site.disk(launched, '/home/ubuntu/tool')).mode & 0o777).toBe(0o750)
    expect(await site.hosts.console(launched)).toMatch(/^builder$/m)
    expect(await site.hosts.console(launched)).not.toContain(hostKeyOf(await site.hosts.console(builder)))
    await site.hosts.answer([])
  })

  test('is removed with forget, as a machine is', async () => {
    const machine = await booted()
    await site.hosts.capture(machine, 'ami-0gone')
    await site.hosts.answer([machine])
    await site.hosts.forget([machine.instanceId, 'ami-0gone', 'i-0unknown'])
    expect(existsSync(site.path('hosts', machine.instanceId))).toBe(false)
    expect(existsSync(site.path('hosts/images/ami-0gone'))).toBe(false)
    expect((await site.ssh(machine, 'true')).exitCode).toBe(255)
    expect(existsSync(site.path('hosts'))).toBe(true)
  })

  test('does not take along what a link on the disk points to', async () => {
    const machine = await booted()
    symlinkSync(site.path('key'), site.disk(machine, '/root/link'))
    await site.hosts.capture(machine, 'ami-0link')
    expect(readdirSync(site.path('hosts/images/ami-0link/disk/root'))).toEqual([])
  })
})

describe('a boot that was cut off', () => {
  test('starts over, and leaves nothing behind', async () => {
    const gone = await run('sh', ['-c', 'echo $$'])
    const leftover = site.path('hosts/.unfinished', `${gone.stdout.trim()}-1-1`)
    mkdirSync(`${leftover}/disk`, { recursive: true })
    const hosts = folderHosts({ folder: site.hostsFolder })
    const machine = site.machine(keys, { userData: '#!/bin/sh\necho hello\n' })
    expect(await hosts.console(machine)).toContain('hello')
    await hosts.close()
    expect(existsSync(leftover)).toBe(false)
  })

  test('by close, is made by the next process', async () => {
    const hosts = folderHosts({ folder: site.hostsFolder })
    const machine = site.machine(keys, { userData: '#!/bin/sh\nwhile true; do ls / > /dev/null; done\n' })
    const boot = hosts.console(machine)
    const refused = expect(boot).rejects.toThrow()
    await new Promise((resolve) => setImmediate(resolve))
    await hosts.close()
    await refused
    expect(existsSync(site.path('hosts', machine.instanceId))).toBe(false)
    await booted({ ...machine, userData: undefined })
    expect(existsSync(site.path('hosts', machine.instanceId))).toBe(true)
  })

  test('two processes that boot the same machine agree on one', async () => {
    const machine = site.machine(keys)
    const other = folderHosts({ folder: site.hostsFolder })
    const [one, two] = await Promise.all([site.hosts.console(machine), other.console(machine)])
    expect(one).toBe(two)
    await other.close()
  })
})

test('an id that is a path is refused', async () => {
  await expect(site.hosts.console(site.machine(keys, { instanceId: '../../i-1' }))).rejects.toThrow(
    'not the id',
  )
})

function hostKeyOf(text: string): string {
  return /^ssh-ed25519 \S+/m.exec(text)?.[0] ?? 'no key'
}
