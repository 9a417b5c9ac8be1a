import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { once } from 'node:events'

/** In milliseconds. */
const interval = 200

/**
 * Runs a command, and looks meanwhile at the resident memory of it and of all that it has started, also of what went on by itself:
 * they are known by a variable of their environment. In MB at the moment when there was most of it; `largest` is the largest process.
 */
export async function peakOfTree({ command: [program, ...words], folder, before }) {
  before?.()
  const mark = `PACKAGE_BENCH_RUN=${Date.now()}`
  const [name, value] = mark.split('=')
  const child = spawn(program, words, {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, [name]: value },
  })
  const peak = { total: 0, largest: 0 }
  const timer = setInterval(() => {
    const sizes = residentOf(mark)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    if (total > peak.total) Object.assign(peak, { total, largest: Math.max(...sizes) })
  }, interval)
  const [status] = await once(child, 'close')
  clearInterval(timer)
  if (status !== 0) throw new Error(`${program} ${words[0]} ended with ${status}`)
  return peak
}

function residentOf(mark) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        if (!readFileSync(`/proc/${id}/environ`, 'latin1').split('\0').includes(mark)) return []
        const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? []
        return kilobytes === undefined ? [] : [Number(kilobytes) / 1024]
      } catch {
        return []
      }
    })
}
