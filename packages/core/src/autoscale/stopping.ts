import type { CloudCall } from '../action.ts'
import { PackageError } from '../errors.ts'
import { stoppableClock } from '../plan/stoppable-clock.ts'
import { readVersions } from './fleet.ts'
import { loadBalancerParts } from './load-balancer-parts.ts'
import type { GroupSite } from './prepare-rollout.ts'

/**
 * Changes a group, with a call whose waits end with Ctrl-C. Where the work heeds it, throws PackageError (cancelled), which says what
 * exists by then and how to go on.
 */
export async function stoppable<Call extends CloudCall, T>(
  call: Call,
  site: GroupSite,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  const { clock, stop } = call
  try {
    return await work({ ...call, clock: stoppableClock(clock, stop) })
  } catch (error) {
    if (!(error instanceof PackageError) || error.kind !== 'cancelled') throw error
    const group = site.group.name
    const text = `the work on ${group} was stopped half-way: ${(await partsOf(call, site)).join(', ')}`
    throw new PackageError('cancelled', 'CANCELLED', text, {
      hint: `what serves now goes on serving; the same command goes on where this one stopped, and package autoscale:status ${group} shows what exists`,
      cause: error,
    })
  }
}

/** Before anything of a group is changed: from here on Ctrl-C is heeded. Throws PackageError (cancelled) where it was pressed already. */
export function heedFromNowOn({ stop }: CloudCall, group: string): void {
  stop.heed()
  if (!stop.isAsked()) return
  throw new PackageError('cancelled', 'CANCELLED', `the work on ${group} was not begun`, {
    hint: 'run the same command again',
  })
}

async function partsOf(call: CloudCall, site: GroupSite): Promise<string[]> {
  const [versions, balancer] = await Promise.all([readVersions(site.fleet), loadBalancerParts(call, site)])
  const phases = versions.map(
    ({ group, phase }) =>
      `${group.name} is ${group.isBeingDeleted ? 'being deleted' : (phase ?? 'of no known phase')}`,
  )
  return [...(phases.length === 0 ? ['no version exists'] : phases), ...balancer]
}
