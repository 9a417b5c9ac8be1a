import { spawnSync } from 'node:child_process'
import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Flushes what was written to a file or folder to the disk. A folder's entry is a rename that lasts. */
export function flushPath(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Flushes the whole file systems that hold the folders; false where this machine cannot. `sync -f` is of GNU and
 * BusyBox; macOS has none.
 */
export function flushFileSystems(folders: readonly string[]): boolean {
  return spawnSync('sync', ['-f', ...folders], { stdio: 'ignore' }).status === 0
}
