import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { Logs } from '@package/core/ports/logs'

import { fileSystemError } from './file-system-error.ts'

/** Logs below `root`: each line is on its way to the disk when this returns, so that a run that is killed leaves what it was told. */
export function appendLogs(root: string): Logs {
  return {
    open(path) {
      const target = join(root, path)
      const append = (text: string) => appendFileSync(target, text, { mode: 0o600 })
      try {
        mkdirSync(dirname(target), { recursive: true })
        append('')
      } catch (error) {
        throw fileSystemError('write', path, error)
      }
      let isFull = false
      return (line) => {
        if (isFull) return
        try {
          append(`${line}\n`)
        } catch {
          isFull = true
        }
      }
    },
  }
}
