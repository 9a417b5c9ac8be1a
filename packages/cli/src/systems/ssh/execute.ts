import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

import type { ScriptEnd, ScriptRun } from '@package/core/ports/shell'

import { noProgram } from './no-program.ts'
import { refusalReason, wasConnected } from './refusal-reason.ts'

/** In milliseconds: how soon a wish to stop is heeded. */
const lookInterval = 100

/** What ssh ends with when it is the connection that failed (ssh(1), "EXIT STATUS"). */
const connectionFailed = 255

/**
 * Runs ssh, which runs the script. It has a process group of its own, so that Ctrl-C reaches this process alone, and that its jump
 * hosts go with it.
 */
export async function executeOver(
  program: string,
  words: readonly string[],
  { stdin, onLine, onOwnLine, timeout, isStopped }: Omit<ScriptRun, 'script'>,
): Promise<ScriptEnd> {
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  let cut: 'timeout' | 'stopped' | undefined
  const end = (why: 'timeout' | 'stopped') => {
    cut ??= why
    killGroup(child)
  }
  const deadline = setTimeout(() => end('timeout'), timeout)
  const looks = setInterval(() => isStopped() && end('stopped'), lookInterval)
  let said = ''
  const takeOwn = (line: string) => {
    said = `${said}${line}\n`.slice(-4000)
    onOwnLine(line)
  }
  // A host that ends before it has taken all of it says why on its own.
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin)
  try {
    const lines = [eachLine(child.stdout, onLine), eachLine(child.stderr, takeOwn)]
    const [code] = await Promise.all([exitOf(program, child), ...lines])
    if (cut !== undefined) return { ended: cut }
    if (code !== null && code !== connectionFailed) return { ended: 'exit', code }
    return { ended: 'connection', wasThere: wasConnected(said), reason: refusalReason(said) }
  } finally {
    clearTimeout(deadline)
    clearInterval(looks)
  }
}

function exitOf(program: string, child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(noProgram(program, error)))
    child.once('close', resolve)
  })
}

async function eachLine(input: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) take(line)
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
