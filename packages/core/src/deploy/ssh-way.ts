import type { Group } from '../groups/nodes.ts'
import { pinHostKeys } from '../instances/host-keys.ts'
import { type LogIn, remoteHost } from '../instances/remote-host.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { Shell } from '../ports/shell.ts'
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
    reach: (instance) => shell.reach(hostOf(instance)),
    run: (instance, { script, archive, onLine, onOwnLine }) =>
      shell.execute(hostOf(instance), {
        script,
        onLine,
        onOwnLine,
        timeout,
        isStopped,
        ...(archive && { stdin: archive }),
      }),
  }
}
