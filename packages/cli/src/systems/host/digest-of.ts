import { createHash, type Hash } from 'node:crypto'
import { createReadStream, lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

import { fileSystemError } from './file-system-error.ts'

/** The digest of texts, files and folders below `root`, as the Files port describes it. */
export async function digestOf(
  root: string,
  texts: readonly string[],
  paths: readonly string[],
): Promise<string> {
  const hash = createHash('sha256')
  for (const text of texts) add(hash, 'text', text)
  for (const path of [...new Set(paths)].sort()) {
    try {
      await addPath(hash, root, path)
    } catch (error) {
      throw fileSystemError('read', path, error)
    }
  }
  return hash.digest('hex')
}

async function addPath(hash: Hash, root: string, path: string): Promise<void> {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false })
  if (stat === undefined) return add(hash, 'missing', path)
  if (stat.isSymbolicLink()) return add(hash, 'link', path, readlinkSync(join(root, path)))
  if (stat.isDirectory()) {
    add(hash, 'folder', path)
    for (const name of readdirSync(join(root, path)).sort()) await addPath(hash, root, `${path}/${name}`)
    return
  }
  add(hash, (stat.mode & 0o111) === 0 ? 'file' : 'program', path, String(stat.size))
  for await (const chunk of createReadStream(join(root, path))) hash.update(chunk as Buffer)
}

/** Each part with its length, so that no two lists of parts look alike. */
function add(hash: Hash, ...parts: readonly string[]): void {
  for (const part of parts) hash.update(`${String(Buffer.byteLength(part))}:${part}`)
}
