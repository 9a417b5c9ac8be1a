import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

import { endWithUs } from './end-with-us.ts'
import { onInterrupt } from './on-interrupt.ts'

export interface PackerRun {
  program: string
  /** Where it is started. */
  folder: string
  environment: NodeJS.ProcessEnv
  /** Relative to the folder. */
  templatePath: string
  onOutput: (line: string) => void
  /** What its own log says, where PACKER_LOG asks for it. */
  onLogged: (line: string) => void
  /** Told of each Ctrl-C: of the first, after which Packer cleans up, and of the second, which kills it. */
  onCancel: (how: 'cleanup' | 'kill') => void
}

export interface PackerEnd {
  /** Missing where a signal ended it. */
  exit: number | null
  signal: NodeJS.Signals | null
  cancelled: 'no' | 'cleanup' | 'kill'
}

/** In milliseconds: npm sends on what the terminal has sent to the whole group already. */
const sameKeystroke = 300

/** Runs `packer build` to its end. Throws what the system says when it cannot be started. */
export async function runPacker(run: PackerRun): Promise<PackerEnd> {
  // The ./ keeps a template from being an option. In a process group of its own, Ctrl-C does not reach its plugins.
  const words = ['build', '-machine-readable', '-color=false', `./${run.templatePath}`]
  const child = spawn(run.program, words, {
    cwd: run.folder,
    env: { ...run.environment, CHECKPOINT_DISABLE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const stopWatching = child.pid === undefined ? undefined : endWithUs(child.pid)
  let cancelled: PackerEnd['cancelled'] = 'no'
  let lastAt = -Infinity
  const ignoreInterrupts = onInterrupt(() => {
    const isSameKeystroke = performance.now() - lastAt < sameKeystroke
    lastAt = performance.now()
    if (isSameKeystroke) return
    cancelled = cancelled === 'no' ? 'cleanup' : 'kill'
    run.onCancel(cancelled)
    stop(child, cancelled)
  })
  try {
    const read = Promise.all([eachLine(child.stdout, run.onOutput), eachLine(child.stderr, run.onLogged)])
    const end = await new Promise<Pick<PackerEnd, 'exit' | 'signal'>>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (exit, signal) => resolve({ exit, signal }))
    })
    await read
    return { ...end, cancelled }
  } finally {
    stopWatching?.()
    ignoreInterrupts()
  }
}

/**
 * SIGTERM to Packer alone: its plugins, processes of the same group, are what cleans up. (SIGINT to it alone is not heeded by 1.6.6.)
 */
function stop({ pid }: ChildProcess, how: 'cleanup' | 'kill'): void {
  if (pid === undefined) return
  try {
    if (how === 'cleanup') process.kill(pid, 'SIGTERM')
    else process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function eachLine(input: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) take(line)
}
