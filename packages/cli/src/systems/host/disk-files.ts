import { existsSync, readdirSync, readFileSync, statSync, type Dirent } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Files, FolderEntry } from '@package/core/ports/files'

import { digestOf } from './digest-of.ts'
import { fileSystemError } from './file-system-error.ts'
import { keepFiles } from './keep-file.ts'
import { replaceFiles } from './replace-files.ts'

/** The files below `root`, on the disk of this machine. */
export function diskFiles(root: string): Files {
  return {
    read: (path) => readIfThere(root, path),
    exists: (path) => existsSync(join(root, path)),
    list: (folder) => listIfThere(root, folder),
    write: (wanted) => replaceFiles(root, wanted),
    keep: keepFiles(root),
    digest: ({ texts, paths }) => digestOf(root, texts, paths),
    remove: (paths) => removeFiles(root, paths),
  }
}

function readIfThere(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fileSystemError('read', path, error)
  }
}

async function removeFiles(root: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    try {
      await rm(join(root, path), { force: true })
    } catch (error) {
      throw fileSystemError('remove', path, error)
    }
  }
}

function listIfThere(root: string, folder: string): FolderEntry[] {
  try {
    const entries = readdirSync(join(root, folder), { withFileTypes: true })
    return entries
      .map((entry) => ({ name: entry.name, isFolder: isFolder(join(root, folder), entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw fileSystemError('list', folder, error)
  }
}

function isFolder(parent: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  return statSync(join(parent, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false
}
