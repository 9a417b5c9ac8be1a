import { writeSync } from 'node:fs'

import { PackageError } from '@package/core/errors'

import type { Streams } from './views/view.ts'

/**
 * This process's own output. Written straight to the descriptors: node's streams cost a start more than reading and
 * checking nodes.json, and what they still hold when a process ends is lost.
 */
export const standardStreams: Streams = {
  out: (text) => writeAll(1, text),
  err: (text) => writeAll(2, text),
  hasColour() {
    const { NO_COLOR, CI, TERM } = process.env
    return process.stderr.isTTY && !NO_COLOR && !CI && TERM !== 'dumb'
  },
  liveSize() {
    const { CI, TERM } = process.env
    const { isTTY, columns, rows } = process.stderr
    // A terminal that does not know its size says 0.
    return isTTY && !CI && TERM !== 'dumb' ? { columns: columns || 80, rows: rows || 24 } : undefined
  },
}

/** Writes the whole text before it returns. A reader that stops early (`package nodes:list | head`) is no failure. */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') {
        throw new PackageError('system', 'OUTPUT', `the output cannot be written (${String(code)})`)
      }
      waitForReader()
    }
  }
}

/** A pipe that its other end made non-blocking is full: there is nothing to wait on but time. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
}
