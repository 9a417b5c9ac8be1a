import type { CloudCall } from '../action.ts'
import { PackageError } from '../errors.ts'
import { stoppableClock } from '../plan/stoppable-clock.ts'
import { readVersions, serving, type Version } from './fleet.ts'
import { loadBalancerParts } from './load-balancer-parts.ts'
import type { GroupSite } from './prepare-rollout.ts'
import { wayBackText, type WayBack } from './way-back.ts'

/**
 * Changes a group, with a call whose waits end with Ctrl-C. Where the work heeds it, throws PackageError (cancelled), which says what
 * exists by then and how to go on.
 */
export async function stoppable<Call extends CloudCall, T>(
  call: Call,
  site: GroupSite,
  work: (call: Call) => Promise<T>,
  wayBack?: (versions: readonly Version[]) => WayBack | undefined,
): Promise<T> {
  const { clock, stop } = call
  try {
    return await work({ ...call, clock: stoppableClock(clock, stop) })
  } catch (error) {
    if (!(error instanceof PackageError) || error.kind !== 'cancelled') throw error
    const group = site.group.name
    const { parts, versions } = await remains(call, site)
    const back = wayBack?.(versions)
    const hint = [
      ...(serving(versions) ? ['what serves now goes on serving'] : []),
      'the same command goes on where this one stopped',
      ...(back === undefined ? [] : [wayBackText(back, group)]),
      `package autoscale:status ${group} shows what exists`,
    ]
    const text = `the work on ${group} was stopped half-way: ${parts.join(', ')}`
    throw new PackageError('cancelled', 'CANCELLED', text, { hint: hint.join('; '), cause: error })
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

async function remains(call: CloudCall, site: GroupSite): Promise<{ parts: string[]; versions: Version[] }> {
  const [versions, balancer] = await Promise.all([readVersions(site.fleet), loadBalancerParts(call, site)])
  const phases = versions.map(phaseText)
  return { versions, parts: [...(phases.length === 0 ? ['no version exists'] : phases), ...balancer] }
}

function phaseText({ group: { name, isBeingDeleted }, phase, frozen }: Version): string {
  if (isBeingDeleted) return `${name} is being deleted`
  const meanwhile = phase === 'live' && frozen.length > 0 ? ` (${frozen.join(', ')} still suspended)` : ''
  if (phase === 'deleting') return `${name} is being taken down`
  return `${name} is ${phase ?? 'of no known phase'}${meanwhile}`
}
