import { mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import type { FileStatus, WantedFile } from '@package/core/ports/files'

import { fileSystemError } from './file-system-error.ts'
import { flushPath } from './flush-path.ts'
import { removeLeftovers, removeTemporary, temporaryPath, writeTemporary } from './temporary-file.ts'

/** Above so many files, one flush of the whole file system is faster than an fsync each. */
const mostSingleSyncs = 32

interface Replacement extends WantedFile {
  target: string
  /** Permission bits of the file that is replaced. */
  mode: number | undefined
}

/**
 * Makes the files below `root` be as wanted. Each is written beside its place under a temporary name, flushed to the
 * disk, and renamed: killed at any moment, every file is the old one or the new one, whole. What killed runs left
 * behind is removed. Throws PackageError (system) naming the file; no temporary file stays then.
 */
export async function replaceFiles(root: string, wanted: readonly WantedFile[]): Promise<FileStatus[]> {
  const names = new Map<string, ReadonlySet<string>>()
  const replacements: Replacement[] = []
  const statuses = wanted.map((file): FileStatus => {
    const folder = dirname(file.path)
    const inFolder = names.get(folder) ?? openFolder(root, folder)
    names.set(folder, inFolder)
    const target = join(root, file.path)
    const current = inFolder.has(basename(file.path)) ? currentFile(file.path, target) : undefined
    if (current?.text === file.text) return 'unchanged'
    replacements.push({ ...file, target, mode: current?.mode })
    return current ? 'updated' : 'created'
  })
  if (replacements.length > 0) await replaceAll(replacements)
  return statuses
}

/** Makes the folder if needed; the names in it, so that no missing file has to be asked for. */
function openFolder(root: string, folder: string): ReadonlySet<string> {
  try {
    mkdirSync(join(root, folder), { recursive: true })
    return removeLeftovers(join(root, folder))
  } catch (error) {
    throw fileSystemError('write', folder, error)
  }
}

function currentFile(path: string, target: string) {
  try {
    return { text: readFileSync(target, 'utf8'), mode: statSync(target).mode & 0o7777 }
  } catch (error) {
    throw fileSystemError('read', path, error)
  }
}

async function replaceAll(replacements: readonly Replacement[]): Promise<void> {
  const folders = [...new Set(replacements.map(({ target }) => dirname(target)))]
  let path = ''
  const forEach = (step: (replacement: Replacement) => void) => {
    for (const replacement of replacements) {
      path = replacement.path
      step(replacement)
    }
  }
  try {
    if (replacements.length <= mostSingleSyncs) {
      forEach((replacement) => {
        write(replacement, { flushed: true })
        rename(replacement)
      })
    } else {
      forEach((replacement) => write(replacement, { flushed: false }))
      // Loaded here: starting a program costs more than the whole of a run that writes one file.
      const { flushFileSystems } = await import('./flush-file-systems.ts')
      if (!flushFileSystems(folders)) forEach(({ target }) => flushPath(temporaryPath(target)))
      forEach(rename)
    }
    folders.forEach(flushPath)
  } catch (error) {
    for (const { target } of replacements) removeTemporary(target)
    throw fileSystemError('write', path, error)
  }
}

function write({ target, text, mode }: Replacement, { flushed }: { flushed: boolean }): void {
  writeTemporary(target, text, mode, flushed)
}

function rename({ target }: Replacement): void {
  renameSync(temporaryPath(target), target)
}
