import { createHash, randomBytes } from 'node:crypto'

/** A new id as EC2 gives them: the prefix of its kind and 17 hexadecimal digits. */
export function newId(prefix: string): string {
  return `${prefix}-${randomBytes(9).toString('hex').slice(0, 17)}`
}

/** An id that follows from what it stands for. */
export function fixedId(prefix: string, meaning: string): string {
  const digest = createHash('sha256').update(`${prefix} ${meaning}`).digest('hex')
  return `${prefix}-${digest.slice(0, 17)}`
}

/** Whether it is written as ids of this prefix are: with 8 digits, as the oldest ones, or with 17. */
export function isWellFormed(prefix: string, id: string): boolean {
  const digits = id.startsWith(`${prefix}-`) ? id.slice(prefix.length + 1) : ''
  return /^([0-9a-f]{8}|[0-9a-f]{17})$/.test(digits)
}
