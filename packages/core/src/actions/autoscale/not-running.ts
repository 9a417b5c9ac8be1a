import { isHalfDeleted, type Fleet } from '../../autoscale/fleet.ts'
import { PackageError } from '../../errors.ts'

/** A named group has no autoscale group, or what is left of one. */
export function notRunning(group: string, fleet: Fleet): PackageError {
  if (isHalfDeleted(fleet)) {
    const left = fleet.versions.map((version) => version.group.name).join(', ')
    const text = `${group} is half deleted: what is left of it is ${left}`
    return new PackageError('conflict', 'HALF_DELETED', text, { hint: waysOnText(group) })
  }
  return new PackageError('conflict', 'AUTOSCALE_MISSING', `${group} has no autoscale group`, {
    hint: `package autoscale:run ${group}`,
  })
}

/** From a deletion that was cut off. */
export function waysOnText(group: string): string {
  return `package autoscale:delete ${group} finishes that; package autoscale:run ${group} starts it again, and ends what is left once that is healthy`
}
