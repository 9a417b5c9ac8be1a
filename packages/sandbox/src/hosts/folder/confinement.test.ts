import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

import { run, TestSite, type Finished } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'

const site = new TestSite(5)
const secret = 'the secret of this machine'
let machine: Machine
let canary: string

beforeAll(async () => {
  canary = site.path('canary')
  writeFileSync(canary, secret)
  machine = site.machine([await site.newKey('key')])
  await site.hosts.answer([machine])
  await site.trust(machine)
  // What a person, not a command, could put there.
  symlinkSync(canary, site.disk(machine, '/tmp/link'))
  symlinkSync(site.folder, site.disk(machine, '/tmp/folder'))
  linkSync(canary, site.disk(machine, '/opt/hard'))
})
afterEach(() => expect(readFileSync(canary, 'utf8')).toBe(secret))
afterAll(() => site.close())

function expectNothingOf(secretText: string, { stdout, stderr }: Finished): void {
  expect(stdout).not.toContain(secretText)
  expect(stderr).not.toContain(secretText)
  expect(stderr).not.toContain(site.hostsFolder)
}

/** Of a file or a tree of this machine; nothing where there is none. */
async function contentsOf(name: string): Promise<string> {
  return (await run('grep', ['-rh', '', site.path(name)])).stdout
}

describe('commands', () => {
  test.each([
    'cat CANARY',
    'cat /../../../../../../../../CANARY',
    'cd /tmp/folder && cat canary',
    'cat /tmp/link /tmp/folder/canary',
    'cp /tmp/link /tmp/copy; cat /tmp/copy',
    'cp -r /tmp/folder /tmp/copies; cat /tmp/copies/canary',
    'tar cf /tmp/all.tar /tmp; cat /tmp/all.tar',
    'grep -r secret /tmp/folder /tmp/link',
    'find /tmp/folder/ -type f -exec cat {} \\;',
    'ln -s CANARY /tmp/new; cat /tmp/new',
    'ln CANARY /tmp/new; cat /tmp/new',
    'source /tmp/link; . /tmp/folder/canary',
    'bash /tmp/link; /tmp/link; sudo cat /tmp/link',
    'exec < /tmp/link; cat',
    'while read line; do echo "$line"; done < /tmp/folder/canary',
    'mapfile -t lines < /tmp/link; echo "${lines[@]}"; echo "$(</tmp/link)"',
    'sed -n p /tmp/link; awk 1 /tmp/link; head /tmp/link; sort /tmp/link; base64 /tmp/link',
  ])('cannot read outside: %s', async (command) => {
    expectNothingOf(secret, await site.ssh(machine, command.replaceAll('CANARY', canary)))
  })

  test.each([
    'echo changed > CANARY; echo changed >> CANARY',
    'echo changed > /tmp/link; echo changed | tee /tmp/link /tmp/folder/canary',
    'echo changed > /tmp/folder/canary; cp /etc/hostname /tmp/folder/canary; mv /etc/hosts /tmp/folder/canary',
    'rm -rf /tmp/folder/canary /tmp/folder/*; rm -rf /../..',
    'sed -i s/secret/x/ /tmp/link; truncate -s 0 /tmp/link; chmod 000 /tmp/link; touch -d 2000-01-01 /tmp/link',
    'echo changed > /opt/hard',
    'echo changed >> /opt/hard; chmod 000 /opt/hard; sed -i s/secret/x/ /opt/hard',
    'exec 3> /tmp/link; echo changed >&3; exec > /tmp/folder/canary; echo changed',
  ])('cannot change outside: %s', async (command) => {
    await site.ssh(machine, command.replaceAll('CANARY', canary))
    expect(readFileSync(canary, 'utf8')).toBe(secret)
  })

  test('see the files of their machine, not those of this one', async () => {
    const { stdout } = await site.ssh(machine, 'cat /etc/passwd')
    expect(stdout).toBe('root:x:0:0:root:/root:/bin/bash\nubuntu:x:1000:1000:ubuntu:/home/ubuntu:/bin/bash\n')
    const { stdout: processes } = await site.ssh(
      machine,
      'ls /proc /sys; cat /proc/self/environ /proc/1/cmdline; echo "$PPID"',
    )
    expect(processes).toBe('1\n')
  })

  test('get nothing of the environment of this process', async () => {
    process.env['FOLDER_HOSTS_SECRET'] = secret
    const ended = await site.ssh(
      machine,
      'env; export; set; echo $FOLDER_HOSTS_SECRET; sudo -E env; bash -c env',
    )
    delete process.env['FOLDER_HOSTS_SECRET']
    expectNothingOf(secret, ended)
  })

  test('spawn nothing, and reach no network', async () => {
    const { stdout, stderr } = await site.ssh(
      machine,
      'node -e 1; python3 -c 1; perl -e 1; curl http://127.0.0.1; wget x; echo x > /dev/tcp/127.0.0.1/22; cat < /dev/udp/127.0.0.1/53; echo end',
    )
    expect(stdout).toBe('end\n')
    expect(stderr).toContain('node: command not found')
    expect(stderr).toContain('no network')
    const listed = await site.ssh(machine, 'ls /dev')
    expect(listed.stdout).toBe('')
  })

  test('cannot make a file that runs as another user of this machine', async () => {
    await site.ssh(machine, 'echo > /tmp/set; chmod 6777 /tmp/set; sudo chmod u+s /tmp/set')
    const { stdout } = await run('stat', ['-c', '%a', site.disk(machine, '/tmp/set')])
    expect(stdout).toBe('777\n')
  })
})

test('user data is confined as commands are', async () => {
  const userData = `#!/bin/bash\ncat ${canary} /etc/passwd\necho changed > ${canary}\ncat ../../../../${canary}\n`
  const text = await site.hosts.console(site.machine(machine.authorizedKeys, { userData }))
  expect(text).not.toContain(secret)
  expect(text).toContain('ubuntu:x:1000')
})

describe.each([
  ['scp over sftp', [] as string[]],
  ['scp -O', ['-O']],
])('%s', (_name, mode) => {
  const remote = (path: string) => `${machine.user}@${machine.address}:${path}`

  test.each([
    'CANARY',
    '../../../../../../../CANARY',
    '/tmp/link',
    '/tmp/folder/canary',
    '/tmp/../tmp/folder/canary',
  ])('cannot read or change outside: %s', async (path) => {
    const target = remote(path.replaceAll('CANARY', canary))
    const down = await site.scp(machine, ...mode, target, site.path('stolen'))
    expectNothingOf(secret, down)
    expect(await contentsOf('stolen')).not.toContain(secret)
    writeFileSync(site.path('harm'), 'changed')
    await site.scp(machine, ...mode, site.path('harm'), target)
    expect(readFileSync(canary, 'utf8')).toBe(secret)
  })

  test('a tree is copied without what its links point to', async () => {
    await site.scp(machine, ...mode, '-r', remote('/tmp'), site.path(`tree${mode.length}`))
    const { stdout } = await run('grep', ['-rl', secret, site.path(`tree${mode.length}`)])
    expect(stdout).toBe('')
  })

  test('a file with a second name outside gets its own', async () => {
    linkSync(canary, site.disk(machine, `/opt/hard${mode.length}`))
    writeFileSync(site.path('harm'), 'changed')
    expect(
      (await site.scp(machine, ...mode, site.path('harm'), remote(`/opt/hard${mode.length}`))).exitCode,
    ).toBe(0)
    expect(readFileSync(site.disk(machine, `/opt/hard${mode.length}`), 'utf8')).toBe('changed')
  })
})

test.each([
  'C0644 7 ../../canary',
  'C0644 7 /canary',
  'D0755 0 ..',
  'D0755 0 .',
  'C0644 7 a/b',
  'C0644 7 ',
  'X',
])('the protocol of rcp takes no path for a name: %j', async (line) => {
  const { stdout, exitCode } = await site.ssh(machine, 'scp -r -t /home/ubuntu', `${line}\nchanged\0E\n`)
  expect(stdout).toContain('\x01scp: ')
  expect(exitCode).toBe(1)
})

test('sftp cannot leave the disk', async () => {
  mkdirSync(site.path('other'))
  const batch = [
    `-get ${canary} ${site.path('stolen-by-sftp')}`,
    `-get ../../../../../../${canary} ${site.path('stolen-by-sftp')}`,
    `-get /tmp/link ${site.path('stolen-by-sftp')}`,
    `-get -r /tmp/folder ${site.path('stolen-by-sftp')}`,
    `-put ${site.path('key')} /tmp/link`,
    `-put ${site.path('key')} /tmp/folder/canary`,
    '-rm /tmp/folder/canary',
    '-rename /tmp/folder/canary /tmp/mine',
    '-rename /etc/hostname /tmp/folder/canary',
    '-chmod 777 /tmp/link',
    '-chmod 777 /tmp/folder/canary',
    `-ln -s ${canary} /tmp/made`,
    `-symlink ${site.folder} made`,
    '-rmdir /tmp/folder/other',
    '-rmdir /',
    '-mkdir /tmp/folder/new',
    '-ls /tmp/folder/',
    '-cd /tmp/folder',
    'ls /',
  ].join('\n')
  const ended = await site.sftp(machine, batch)
  expect(ended.exitCode).toBe(0)
  expectNothingOf(secret, ended)
  expect(await contentsOf('stolen-by-sftp')).not.toContain(secret)
  expect((await run('ls', ['-A', site.folder])).stdout).not.toMatch(/new|made/)
  expect(ended.stdout).toContain('/etc')
})
