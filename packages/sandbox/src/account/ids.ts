import { randomBytes } from 'node:crypto'

/** A new id as EC2 gives them: the prefix of its kind and 17 hexadecimal digits. */
export function newId(prefix: string): string {
  return `${prefix}-${randomBytes(9).toString('hex').slice(0, 17)}`
}
