import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { PackageError } from '@package/core/errors'
import type { BundlePart } from '@package/core/ports/bundles'

export interface BundledFile {
  /** In the bundle. */
  path: string
  content: Buffer
  isProgram: boolean
}

/** What a part of a bundle holds; links are followed. Throws PackageError (system) naming what cannot be read. */
export function filesOfPart(root: string, part: BundlePart): BundledFile[] {
  if ('text' in part) return [{ path: part.path, content: Buffer.from(part.text), isProgram: false }]
  return filesBelow(root, part, new Set(part.leftOut))
}

function filesBelow(
  root: string,
  { path, source }: { path: string; source: string },
  leftOut: ReadonlySet<string>,
): BundledFile[] {
  const stat = reading(source, () => statSync(join(root, source)))
  if (stat.isFile()) {
    const content = reading(source, () => readFileSync(join(root, source)))
    return [{ path, content, isProgram: (stat.mode & 0o100) !== 0 }]
  }
  if (!stat.isDirectory()) throw unreadable(source, 'it is neither a file nor a folder')
  const names = reading(source, () => readdirSync(join(root, source))).filter((name) => !leftOut.has(name))
  const below = names.map((name) => ({ path: `${path}/${name}`, source: `${source}/${name}` }))
  return below.flatMap((each) => filesBelow(root, each, new Set()))
}

function reading<T>(source: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw unreadable(source, (error as Error).message, error)
  }
}

function unreadable(source: string, reason: string, cause?: unknown): PackageError {
  return new PackageError('system', 'FILE_SYSTEM', `cannot read ${source}: ${reason}`, {
    hint: 'the bundle of a group holds all of its cookbooks and data bags',
    cause,
  })
}
