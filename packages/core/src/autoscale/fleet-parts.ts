import { isOutOfCharge, type Fleet, type Version } from './fleet.ts'

/** The versions of a group, by the one in charge. */
export interface FleetParts {
  live: Version | undefined
  /** What it has replaced; where none is in charge, what was. */
  older: Version[]
  /** What is to replace it, or was; where none is in charge, what never was. */
  newer: Version[]
}

export function fleetParts({ versions, live }: Fleet): FleetParts {
  const isOlder = ({ number, phase }: Version) =>
    live === undefined ? isOutOfCharge(phase) : number < live.number
  return {
    live,
    older: versions.filter((version) => version !== live && isOlder(version)),
    newer: versions.filter((version) => version !== live && !isOlder(version)),
  }
}
