import { createHash } from 'node:crypto'

/** At most 64 ASCII characters (EC2 API Reference, RunInstances). */
export function clientTokenOf(meaning: string): string {
  return createHash('sha256').update(meaning).digest('hex')
}
