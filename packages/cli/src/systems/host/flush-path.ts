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
