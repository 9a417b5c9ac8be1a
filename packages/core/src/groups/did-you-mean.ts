import { editDistance } from './edit-distance.ts'

/** The known name that was probably meant, or undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const typed = name.toLowerCase()
  const [best] = known
    .map((candidate) => ({ candidate, slips: editDistance(typed, candidate.toLowerCase()) }))
    .toSorted((a, b) => a.slips - b.slips)
  if (best === undefined) return undefined
  const tolerated = Math.max(1, Math.floor(Math.max(name.length, best.candidate.length) * 0.4))
  return best.slips <= tolerated ? best.candidate : undefined
}

/** `; did you mean "x"?`, or nothing when no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known)
  return candidate === undefined ? '' : `; did you mean ${JSON.stringify(candidate)}?`
}
