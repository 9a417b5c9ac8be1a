import { closest, distance } from 'fastest-levenshtein'

/** The known name that was probably meant, or undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const candidate = closest(name, [...known])
  const tolerated = Math.max(1, Math.floor(Math.max(name.length, candidate.length) * 0.4))
  const [typed, meant] = [name.toLowerCase(), candidate.toLowerCase()]
  const isNear = distance(typed, meant) <= tolerated || letters(typed) === letters(meant)
  return isNear ? candidate : undefined
}

/** Two letters swapped are one slip, though two steps of distance. */
function letters(name: string): string {
  return name
    .split('')
    .sort((a, b) => (a < b ? -1 : 1))
    .join('')
}

/** `; did you mean "x"?`, or nothing when no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known)
  return candidate === undefined ? '' : `; did you mean ${JSON.stringify(candidate)}?`
}
