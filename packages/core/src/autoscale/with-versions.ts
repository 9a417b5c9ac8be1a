import { PackageError } from '../errors.ts'
import { readVersions, type FleetPlace } from './fleet.ts'

/** A wish to stop that was heeded, with what exists of the group by then. */
export async function withVersions(place: FleetPlace, error: PackageError): Promise<PackageError> {
  const versions = await readVersions(place)
  const names = versions.map(
    ({ group, phase }) =>
      `${group.name} is ${group.isBeingDeleted ? 'being deleted' : (phase ?? 'of no known phase')}`,
  )
  const text = `${error.message}: ${names.length === 0 ? 'no version exists' : names.join(', ')}`
  return new PackageError('cancelled', 'CANCELLED', text, {
    ...(error.hint !== undefined && { hint: error.hint }),
  })
}
