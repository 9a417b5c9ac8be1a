// Real OpenSSH servers on addresses of this machine, each with folders of its own: what deploys are measured against.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'

import { endWithStarter } from './start-server.mjs'

const unpacked = join(import.meta.dirname, '../.tools/debian')
const sshd = join(unpacked, 'usr/sbin/sshd')

/** Does next to nothing: what is measured is the way there. */
const chefSolo = `#!/bin/sh
if [ "$1" = --version ]; then echo 'Chef Infra Client: 18.0.0'; else echo converged; fi
`

/** Why they cannot be had here, or undefined. */
export function whyNoTargets() {
  if (!existsSync(sshd)) return 'sshd is not here: npm run setup:tools sshd'
  const mayMount = spawnSync('unshare', ['--mount', 'true']).status === 0
  return mayMount ? undefined : 'sshd answers on port 22 and needs a user of its own, and this is not root'
}

/**
 * A server for each address, on port 22, whose root's home, shell, PACKAGE_ROOT and chef-solo are in the folder. What a server of
 * Debian's expects of the system is mounted where only these servers see it. Gives their host key and what stops them.
 */
export async function startTargets(folder, addresses, clientKey) {
  const path = (name) => join(folder, name)
  mkdirSync(path('bin'), { recursive: true })
  mkdirSync(path('home'))
  writeFileSync(path('bin/chef-solo'), chefSolo)
  chmodSync(path('bin/chef-solo'), 0o755)
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path('host-key')])
  const others = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .filter((line) => !/^(root|sshd):/.test(line))
  const users = [`root:x:0:0:root:${path('home')}:/bin/sh`, 'sshd:x:65533:65534::/run/sshd:/bin/false']
  writeFileSync(path('passwd'), [...users, ...others].join('\n'))
  addresses.forEach((address, index) => {
    const settings = [
      `ListenAddress ${address}:22`,
      `HostKey ${path('host-key')}`,
      `AuthorizedKeysFile ${clientKey}.pub`,
      'StrictModes no',
      'PermitRootLogin yes',
      'PidFile none',
      'PrintMotd no',
      `SetEnv PATH=${path('bin')}:/usr/bin:/bin PACKAGE_ROOT=${path(`root-${index}`)}`,
    ]
    writeFileSync(path(`sshd-${index}`), `${settings.join('\n')}\n`)
  })
  const script = `set -e
mount --bind "$1/passwd" /etc/passwd
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/sshd
exec 3<&0
servers=
for settings in "$1"/sshd-*; do
  "$2" -D -f "$settings" &
  servers="$servers $!"
done
${endWithStarter}`
  const libraries = ['usr/lib', 'lib'].map((name) => join(unpacked, name, 'x86_64-linux-gnu')).join(':')
  const servers = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', folder, sshd], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  })
  const stop = () => servers.stdin.end()
  try {
    for (const address of addresses) await answering(address, servers)
  } catch (error) {
    stop()
    throw error
  }
  return { hostKey: readFileSync(path('host-key.pub'), 'utf8').trim(), stop }
}

async function answering(address, servers) {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline && servers.exitCode === null) {
    const socket = connect(22, address)
    try {
      await once(socket, 'connect')
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      socket.destroy()
    }
  }
  throw new Error(`no sshd answers at ${address}`)
}
