import type { Image } from '../ports/cloud/images.ts'

/** What is to become of one image, and why. */
export interface CleaningStep {
  do: 'keep' | 'remove'
  image: Image
  reason: string
}

/** Why an image must stay, by its id: whatever uses it. */
export type ImageUses = ReadonlyMap<string, readonly string[]>

/**
 * What cleaning does to each of a group's images, newest first: the newest `keep` that are available stay, and every one that is in
 * use or still being made; the others go.
 */
export function planCleaning(images: readonly Image[], keep: number, uses: ImageUses): CleaningStep[] {
  let newest = 0
  return [...images].sort(byAge).map((image) => {
    if (image.state === 'pending') return { do: 'keep', image, reason: 'still being made' }
    if (image.state === 'available') {
      newest += 1
      const reason = `number ${String(newest)} of the newest ${String(keep)}`
      if (newest <= keep) return { do: 'keep', image, reason }
    }
    const reasons = uses.get(image.id) ?? []
    if (reasons.length > 0) return { do: 'keep', image, reason: reasons.join('; ') }
    const reason =
      image.state === 'available'
        ? `older than the newest ${String(keep)}, and unused`
        : `${image.state}, and unused`
    return { do: 'remove', image, reason }
  })
}

/** The images that cleaning would remove if nothing used them: those whose uses have to be known. */
export function candidates(images: readonly Image[], keep: number): Image[] {
  return planCleaning(images, keep, new Map()).flatMap(({ do: step, image }) =>
    step === 'remove' ? [image] : [],
  )
}

/** The newest first; of the same second, by id, so that every run sees the same order. */
function byAge(a: Image, b: Image): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1
  return a.id < b.id ? 1 : -1
}
