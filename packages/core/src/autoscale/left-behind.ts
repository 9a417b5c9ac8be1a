import type { CloudCall } from '../action.ts'
import { PackageError, withMoreHint } from '../errors.ts'
import { readFleet, type Fleet } from './fleet.ts'
import { readAlarms } from './group-alarms.ts'
import { groupLoadBalancer } from './load-balancer-parts.ts'
import type { GroupSite } from './prepare-rollout.ts'

/** What there is of a group without any version, for people: a deletion removes it. Throws PackageError: those of the cloud. */
export async function leftBehind(
  call: CloudCall,
  site: GroupSite,
  { versions, templates }: Fleet,
): Promise<string[]> {
  if (versions.length > 0) return []
  const [{ loadBalancer, listeners, targetGroups }, alarms] = await Promise.all([
    groupLoadBalancer(call, site),
    readAlarms(site.fleet),
  ])
  return [
    ...(loadBalancer ? [`load balancer ${loadBalancer.name}`] : []),
    ...listeners.map(({ port }) => `listener ${String(port)}`),
    ...targetGroups.map(({ name }) => `target group ${name}`),
    ...(templates.length > 0 ? [`launch template ${site.fleet.templateName}`] : []),
    ...alarms.map((name) => `alarm ${name}`),
  ]
}

/** What to do about that. */
export function leftText(group: string, left: readonly string[]): string {
  return `left of ${group}: ${left.join(', ')}; package autoscale:run ${group} goes on with that, package autoscale:delete ${group} removes it`
}

/** Does such work; an error of it says what it leaves behind of a group that does not run. One that was stopped says what exists by itself. */
export async function sayingWhatIsLeft<T>(
  call: CloudCall,
  site: GroupSite,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof PackageError) || cause.kind === 'cancelled') throw cause
    const left = await leftIfKnown(call, site)
    if (left.length === 0) throw cause
    throw withMoreHint(cause, leftText(site.group.name, left))
  }
}

/** AWS may be what has failed. */
async function leftIfKnown(call: CloudCall, site: GroupSite): Promise<string[]> {
  try {
    return await leftBehind(call, site, await readFleet(site.fleet))
  } catch (error) {
    if (error instanceof PackageError) return []
    throw error
  }
}
