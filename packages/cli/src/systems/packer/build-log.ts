import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { PackageError } from '@package/core/errors'

/**
 * Opens the log of a build, and gives what appends to it. Throws PackageError (system) where it cannot be written; a disk that is
 * full later does not end the build.
 */
export function openBuildLog(project: string, logPath: string): (line: string) => void {
  const path = join(project, logPath)
  const append = (line: string) => appendFileSync(path, `${line}\n`, { mode: 0o600 })
  try {
    mkdirSync(dirname(path), { recursive: true })
    append(`started ${new Date().toISOString()}`)
  } catch (cause) {
    throw new PackageError('system', 'LOG', `cannot write ${logPath}: ${String(cause)}`, {
      hint: 'check the disk, and who owns the folder',
      cause,
    })
  }
  let isFull = false
  return (line) => {
    if (isFull) return
    try {
      append(line)
    } catch {
      isFull = true
    }
  }
}
