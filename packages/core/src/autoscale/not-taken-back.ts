import type { PackageError } from '../errors.ts'
import type { Rollout } from './rollout.ts'
import { wayBackText } from './way-back.ts'

/** That what was begun stays as it is, as this has failed too: what there is as far as this run knows, and both ways on. AWS may not answer any more. */
export function notTakenBack({ place, claimed, next, frozen }: Rollout, cause: PackageError): string {
  const exists = next !== undefined && claimed === next.name
  const suspended = frozen?.processes.join(', ')
  const unscaled = frozen?.processes.includes('AlarmNotification')
    ? ', so it does not scale by its alarms'
    : ''
  return [
    `what was begun is not taken back: ${cause.message}`,
    ...(exists ? [`${next.name} exists, and is ${next.isInCharge ? '' : 'not '}in charge`] : []),
    ...(frozen ? [`${frozen.name} serves, with ${suspended ?? ''} suspended${unscaled}`] : []),
    'the same command goes on with it',
    ...(exists ? [wayBackText(next.wayBack, place.group)] : []),
  ].join('; ')
}
