import { PackageError } from '../errors.ts'
import { progress } from '../plan/progress.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { Report } from '../ports/report.ts'

/** In milliseconds: bare-metal types take longest, about ten minutes. */
const longest = 900_000

/**
 * Waits until these instances run; `read` gives them and perhaps others. One that AWS does not list yet is waited for.
 * Throws PackageError: system for one that ended meanwhile, timeout where they do not run in time.
 */
export async function awaitRunning(
  { clock, report, group }: { clock: Clock; report: Report; group: string },
  ids: readonly string[],
  read: () => Promise<Instance[]>,
): Promise<Instance[]> {
  const tell = progress(report, group)
  const look = async () => {
    const instances = (await read()).filter(({ id }) => ids.includes(id))
    const ended = instances.find(({ state }) => state !== 'pending' && state !== 'running')
    if (ended) throw endedMeanwhile(ended)
    const running = instances.filter(({ state }) => state === 'running')
    tell(`${String(running.length)} of ${String(ids.length)} running`)
    return running.length === ids.length ? running : undefined
  }
  const tooLate = () =>
    new PackageError('timeout', 'NOT_RUNNING', `${ids.join(', ')}: not all run after 15 minutes`, {
      hint: `package instance:list ${group} shows their states; running the same command again goes on waiting`,
    })
  return waitUntil({ clock, longest, look, tooLate })
}

/** As a launch does that EBS refuses after RunInstances has answered (EC2 User Guide, "Instance terminates immediately"). */
function endedMeanwhile({ id, state, stateReason }: Instance): PackageError {
  const reason = stateReason === '' ? '' : `: ${stateReason}`
  return new PackageError('system', 'INSTANCE_ENDED', `${id} is ${state} and does not start${reason}`, {
    hint: 'look up the reason in the EC2 User Guide, "Instance terminates immediately"; running the same command again launches another',
  })
}
