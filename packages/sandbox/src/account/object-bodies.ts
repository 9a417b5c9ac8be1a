import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The bytes of objects, beside the account: by the digest of what they are, so that a change that is not kept harms none. */
export interface ObjectBodies {
  /** Keeps them, and gives their digest. */
  put(bytes: Uint8Array): string
  get(digest: string): Uint8Array
  remove(digest: string): void
  clear(): void
}

export function bodiesIn(folder: string): ObjectBodies {
  return {
    put(bytes) {
      const digest = digestOf(bytes)
      const draft = join(folder, `${digest}-${String(process.pid)}.draft`)
      mkdirSync(folder, { recursive: true })
      writeFileSync(draft, bytes, { mode: 0o600 })
      renameSync(draft, join(folder, digest))
      return digest
    },
    get: (digest) => readFileSync(join(folder, digest)),
    remove: (digest) => rmSync(join(folder, digest), { force: true }),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** For an account that is in memory itself. */
export function bodiesInMemory(): ObjectBodies {
  const bodies = new Map<string, Uint8Array>()
  return {
    put(bytes) {
      const digest = digestOf(bytes)
      bodies.set(digest, bytes)
      return digest
    },
    get(digest) {
      const bytes = bodies.get(digest)
      if (bytes) return bytes
      throw new Error(`no object of ${digest} is in memory: it was put into another account`)
    },
    remove: (digest) => void bodies.delete(digest),
    clear: () => bodies.clear(),
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
