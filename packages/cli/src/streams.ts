import type { Streams } from './views/view.ts'

/** This process's own streams. A reader that stops early (`package nodes:list | head`) is no failure. */
export function standardStreams(): Streams {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colour: process.stderr.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  }
}
