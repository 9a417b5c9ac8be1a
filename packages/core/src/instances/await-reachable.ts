import { PackageError } from '../errors.ts'
import { atOnce } from '../plan/at-once.ts'
import { progress } from '../plan/progress.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Report } from '../ports/report.ts'
import type { RemoteHost, Shell } from '../ports/shell.ts'
import { pinHostKeys } from './host-keys.ts'

/** In milliseconds, from when its host key is known. */
const longest = 300_000

/** Log-ins at the same time. */
const most = 10

interface Surroundings {
  cloud: Cloud
  clock: Clock
  shell: Shell
  report: Report
  group: string
}

/** How often a long wait tells how far it has come. */
const steps = 20

export interface Reached {
  /** The ids of those that let us in. */
  reached: string[]
  /** Why the others did not (timeout), with what ssh says. */
  failures: PackageError[]
}

/** Pins the host keys of these instances and waits until each lets us in; one that does not keeps none of the others. */
export async function awaitReachable(around: Surroundings, hosts: readonly RemoteHost[]): Promise<Reached> {
  const tell = progress(around.report, around.group)
  const step = Math.ceil(hosts.length / steps)
  const reached: string[] = []
  const failures: PackageError[] = []
  const tellCount = () => tell(`${String(reached.length)} of ${String(hosts.length)} reachable over SSH`)
  tellCount()
  await atOnce(most, hosts, async (host) => {
    try {
      if (host.acceptNewHostKey !== true) await pinHostKeys(around, host.instanceId)
      await awaitLogIn(around, host)
      reached.push(host.instanceId)
      if (reached.length % step === 0 || reached.length === hosts.length) tellCount()
    } catch (error) {
      if (!(error instanceof PackageError) || error.kind !== 'timeout') throw error
      failures.push(error)
    }
  })
  return { reached, failures }
}

async function awaitLogIn({ clock, shell }: Surroundings, host: RemoteHost): Promise<void> {
  let reason = ''
  const look = async () => {
    const answer = await shell.reach(host)
    if (answer.reached) return true
    ;({ reason } = answer)
    return undefined
  }
  const tooLate = () => {
    const target = `${host.user}@${host.instanceId} (${host.address})`
    return new PackageError('timeout', 'UNREACHABLE', `${target} does not let us in: ${reason}`, {
      hint: 'check --key, --user, --address and that a security group lets your address in on port 22; then run the same command again',
    })
  }
  await waitUntil({ clock, longest, look, tooLate })
}
