import type { Group } from '../groups/nodes.ts'
import { pinHostKeys } from '../instances/host-keys.ts'
import { type LogIn, remoteHost } from '../instances/remote-host.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { RemoteHost, Shell } from '../ports/shell.ts'
import type { HostWay } from './host-way.ts'

export interface SshWayOptions {
  cloud: Cloud
  clock: Clock
  shell: Shell
  logIn: LogIn
  /** In milliseconds, of a connection. */
  timeout: number
  isStopped: () => boolean
}

/** The hosts of a group over SSH. */
export function sshWay(group: Group, options: SshWayOptions): HostWay {
  const { cloud, clock, shell, logIn, timeout, isStopped } = options
  const hostOf = (instance: Instance) => remoteHost(group, instance, logIn)
  return {
    async prepare(instance) {
      const host = hostOf(instance)
      if (host.acceptNewHostKey !== true) await pinHostKeys({ cloud, clock, shell }, instance.id)
    },
    async reach(instance) {
      const host = hostOf(instance)
      const answer = await shell.reach(host)
      return answer.reached ? answer : { reached: false, reason: withWayOut(host, answer.reason) }
    },
    async run(instance, { script, archive, onLine, onOwnLine }) {
      const host = hostOf(instance)
      const end = await shell.execute(host, {
        script,
        onLine,
        onOwnLine,
        timeout,
        isStopped,
        ...(archive && { stdin: archive }),
      })
      return end.ended === 'connection' ? { ...end, reason: withWayOut(host, end.reason) } : end
    },
  }
}

/** To a login that the host refuses, and not one of its jump hosts. */
function withWayOut({ user, address }: RemoteHost, reason: string): string {
  return reason.startsWith(`${user}@${address}: Permission denied (`)
    ? `${reason}; name the key with --key or another login with --user, or add the key to your agent: ssh-add <key>`
    : reason
}
