import type { Fleet, Version } from './fleet.ts'

/** The versions of a group, by the one in charge. */
export interface FleetParts {
  live: Version | undefined
  /** What it has replaced. */
  older: Version[]
  /** What is to replace it, or was; all there are where none is in charge. */
  newer: Version[]
}

export function fleetParts({ versions, live }: Fleet): FleetParts {
  return {
    live,
    older: versions.filter(({ number }) => live !== undefined && number < live.number),
    newer: versions.filter(({ number }) => live === undefined || number > live.number),
  }
}
