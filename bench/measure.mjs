import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

const rssHook = join(import.meta.dirname, 'write-peak-memory.cjs')

/** Runs a command to its end; throws when it fails. `milliseconds` of wall time. */
export function timed({ command, folder, before }) {
  before?.()
  const [program, ...words] = command
  const start = performance.now()
  const { status, error, stderr } = spawnSync(program, words, { cwd: folder, maxBuffer: 1 << 28 })
  const milliseconds = performance.now() - start
  if (error || status !== 0) {
    throw new Error(`${command.join(' ')}: ${error ? error.message : stderr.toString()}`)
  }
  return milliseconds
}

/**
 * Runs every contender in turn, `rounds` times over, so that a busy moment of the machine meets them all alike.
 * The median of each, by name.
 */
export function interleaved(contenders, rounds) {
  const times = new Map(contenders.map(({ name }) => [name, []]))
  for (const contender of contenders) timed(contender)
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) times.get(contender.name).push(timed(contender))
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]))
}

/** Peak resident memory of a Node command, in MB. */
export function peakMemory({ command: [program, ...words], folder, before }) {
  before?.()
  const scratch = mkdtempSync(join(tmpdir(), 'package-bench-'))
  try {
    const file = join(scratch, 'peak')
    const options = { cwd: folder, env: { ...process.env, PEAK_MEMORY_FILE: file }, maxBuffer: 1 << 28 }
    spawnSync(program, ['--require', rssHook, ...words], options)
    return Number(readFileSync(file, 'utf8')) / 1024
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
