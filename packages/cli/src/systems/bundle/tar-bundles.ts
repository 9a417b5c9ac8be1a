import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

import type { BundlePart, Bundles } from '@package/core/ports/bundles'
import { pack, type Header } from 'tar-stream'

import { filesOfPart, type BundledFile } from './files-of-part.ts'

/** Fixed, as the digest is that of the packed bytes. */
const compression = { level: 6 }

/** Packs what lies below `root`. */
export function tarBundles(root: string): Bundles {
  return {
    async pack(parts) {
      const archive = await promisify(gzip)(await tarOf(sortedFiles(root, parts)), compression)
      return { digest: createHash('sha256').update(archive).digest('hex'), archive }
    },
  }
}

/** By their paths; of two with the same the later one. */
function sortedFiles(root: string, parts: readonly BundlePart[]): BundledFile[] {
  const byPath = new Map<string, BundledFile>()
  for (const part of parts) for (const file of filesOfPart(root, part)) byPath.set(file.path, file)
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function tarOf(files: readonly BundledFile[]): Promise<Buffer> {
  const tar = pack()
  const packed = buffer(tar)
  const folders = new Set<string>()
  for (const { path, content, isProgram } of files) {
    for (const folder of foldersOf(path)) {
      if (folders.has(folder)) continue
      folders.add(folder)
      tar.entry({ name: folder, type: 'directory', ...entryOf(0o755) })
    }
    tar.entry({ name: path, ...entryOf(isProgram ? 0o755 : 0o644) }, content)
  }
  tar.finalize()
  return packed
}

/** What differs between two checkouts of the same commit is left out. */
function entryOf(mode: number): Partial<Header> {
  return { mode, uid: 0, gid: 0, mtime: new Date(0) }
}

/** `a/b/c` is in `a` and `a/b`. */
function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1)
  return names.map((_name, index) => names.slice(0, index + 1).join('/'))
}
