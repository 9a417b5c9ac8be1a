import type { Version } from './fleet.ts'
import type { ClaimStep } from './rollout-step.ts'

/**
 * Whoever is at work on one of these sees so that it is not theirs any more, and stops, before anything of it is changed; and what never was in charge
 * is gone on with by nobody who has looked before.
 */
export function claims(versions: readonly Version[], but: Version | undefined): ClaimStep[] {
  return versions
    .filter((version) => version !== but && !version.group.isBeingDeleted)
    .filter((version) => version.owner !== undefined || isNext(version))
    .map((version) => ({
      do: 'claim',
      name: version.group.name,
      goesOn: false,
      ...(isNext(version) && doom(version, 'failed')),
    }))
}

function isNext({ phase }: Version): boolean {
  return phase === 'staging' || phase === 'failed'
}

/** Marks a version that is removed, and whose it was. */
export function doom(
  { owner }: Version,
  doomed: 'failed' | 'deleting',
): Pick<ClaimStep, 'doomed' | 'takenFrom'> {
  return { doomed, ...(owner && { takenFrom: owner.runId }) }
}
