import { createHash } from 'node:crypto'

/** A UUID that follows from what it stands for: what groups do by themselves must come out the same whenever it is looked at. */
export function fixedUuid(meaning: string): string {
  const digest = createHash('sha256').update(meaning).digest('hex')
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
}
