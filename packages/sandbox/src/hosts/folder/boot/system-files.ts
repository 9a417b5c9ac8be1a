import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { Machine } from '../../hosts.ts'
import type { Disk } from '../disk/disk.ts'
import { hostName, loginIdentity, rootIdentity } from '../login.ts'

interface System {
  id: string
  name: string
  version: string
}

/** By the login that its maker sets up, which is all that is known of an image. */
const systems: Readonly<Record<string, System>> = {
  ubuntu: { id: 'ubuntu', name: 'Ubuntu', version: '24.04' },
  admin: { id: 'debian', name: 'Debian GNU/Linux', version: '12' },
  'ec2-user': { id: 'amzn', name: 'Amazon Linux', version: '2023' },
}

const folders = ['/etc', '/opt', '/root', '/tmp', '/var/log', '/var/tmp', '/var/lib/cloud/instance']

/** Makes what every machine finds on its disk, beside what the image brought. */
export async function writeSystemFiles(disk: Disk, machine: Machine): Promise<void> {
  for (const folder of [...folders, loginIdentity(machine).home]) {
    await mkdir(disk.locate(folder), { recursive: true })
  }
  const host = hostName(machine)
  const { privateAddress, privateDnsName } = machine
  await write(disk, '/etc/machine-id', `${randomBytes(16).toString('hex')}\n`)
  await write(disk, '/etc/hostname', `${host}\n`)
  await write(disk, '/etc/hosts', `127.0.0.1 localhost\n${privateAddress} ${privateDnsName} ${host}\n`)
  await write(disk, '/etc/os-release', osRelease(machine.user))
  await write(disk, '/etc/passwd', passwd(machine))
  await write(disk, '/var/lib/cloud/instance/user-data.txt', machine.userData ?? '')
}

async function write(disk: Disk, path: string, text: string): Promise<void> {
  const place = disk.locate(path)
  await mkdir(dirname(place), { recursive: true })
  await writeFile(place, text)
}

function osRelease(user: string): string {
  const { id, name, version } = systems[user] ?? { id: 'linux', name: 'Linux', version: '1' }
  return [
    `PRETTY_NAME="${name} ${version} (stand-in of the sandbox)"`,
    `NAME="${name}"`,
    `VERSION_ID="${version}"`,
    `ID=${id}`,
    '',
  ].join('\n')
}

function passwd(machine: Machine): string {
  const login = loginIdentity(machine)
  const identities = login.uid === 0 ? [rootIdentity] : [rootIdentity, login]
  return identities
    .map(({ name, uid, home }) => `${name}:x:${uid}:${uid}:${name}:${home}:/bin/bash\n`)
    .join('')
}
