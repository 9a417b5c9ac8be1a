import { PackageError } from '../../errors.ts'

/** A named group has no autoscale group. */
export function notRunning(group: string): PackageError {
  return new PackageError('conflict', 'AUTOSCALE_MISSING', `${group} has no autoscale group`, {
    hint: `package autoscale:run ${group}`,
  })
}
