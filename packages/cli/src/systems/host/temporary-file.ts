import { closeSync, fchmodSync, fsyncSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { isAlive } from './is-alive.ts'

const namePattern = /^\..*\.(\d+)\.package-tmp$/

/** Where this process writes a file before it takes its place: the same folder, hidden, with the process's id. */
export function temporaryPath(target: string): string {
  return join(dirname(target), `.${basename(target)}.${String(process.pid)}.package-tmp`)
}

/** Writes the text to the temporary file of `target`; with `flushed`, it is on the disk when this returns. */
export function writeTemporary(
  target: string,
  text: string,
  mode: number | undefined,
  flushed: boolean,
): void {
  const descriptor = openSync(temporaryPath(target), 'wx')
  try {
    writeFileSync(descriptor, text)
    if (mode !== undefined) fchmodSync(descriptor, mode)
    if (flushed) fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

export function removeTemporary(target: string): void {
  rmSync(temporaryPath(target), { force: true })
}

/** Removes the temporary files of processes that are gone. The names that the folder holds then. */
export function removeLeftovers(folder: string): ReadonlySet<string> {
  const names = new Set(readdirSync(folder))
  for (const name of names) {
    const processId = Number(namePattern.exec(name)?.[1])
    if (!processId || (processId !== process.pid && isAlive(processId))) continue
    rmSync(join(folder, name), { force: true })
    names.delete(name)
  }
  return names
}
