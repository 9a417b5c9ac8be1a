import { latin1FromBytes, type Bash, type ExecResult, type ResolvedCommandContext } from 'just-bash'

import type { Machine } from '../../../hosts.ts'
import type { Identity } from '../../login.ts'
import { attached, outputPathsOf, quoted } from '../streams.ts'

export interface Shell {
  bash: Bash
  /** It runs nothing any more. */
  end: () => void
}

/** What a stand-in knows of the shell that it runs in. */
export interface StandInHost {
  machine: Machine
  /** Who runs it. */
  identity: Identity
  /** Who logs in to the machine. */
  login: Identity
  /** Whether a process of the machine does, by its id. */
  lives: (id: number) => boolean
  /**
   * A shell of somebody else on the same disk, with these variables beside those of a login; undefined when shells have
   * started one another too often.
   */
  shellOf(identity: Identity, env: Readonly<Record<string, string>>): Shell | undefined
}

/** A program of a machine that does not exist here, or only as far as scripts depend on its answer. */
export type StandIn = (
  args: readonly string[],
  context: ResolvedCommandContext,
  host: StandInHost,
) => ExecResult | Promise<ExecResult>

export function succeed(stdout = ''): ExecResult {
  return { stdout, stderr: '', exitCode: 0 }
}

export function fail(stderr: string, exitCode = 1): ExecResult {
  return { stdout: '', stderr, exitCode }
}

/** Runs a command as a child of the shell that the stand-in was called from. */
export async function runHere(
  words: readonly string[],
  context: ResolvedCommandContext,
): Promise<ExecResult> {
  return runChild(words.map(quoted).join(' '), context, {}, latin1FromBytes(context.stdin))
}

/**
 * Runs a script in a shell of its own, with what the shell that the stand-in was called from exports. It says what it says as it
 * goes, there where the stand-in's output goes.
 */
export async function runChild(
  script: string,
  context: ResolvedCommandContext,
  parameters: Readonly<Record<string, string>>,
  stdin: string,
): Promise<ExecResult> {
  const { exec, exportedEnv = {}, cwd, signal } = context
  if (!exec) return succeed()
  // just-bash hands variables on, but not that they are exported, so that grandchildren would not have them.
  const names = Object.keys(exportedEnv).filter((name) => /^[A-Za-z_]\w*$/.test(name) && !readOnly.has(name))
  return exec(`${attached(outputPathsOf(context))}export ${names.join(' ')}; ${script}`, {
    env: { ...exportedEnv, ...parameters },
    cwd,
    stdin,
    stdinKind: 'bytes',
    ...(signal && { signal }),
  })
}

const readOnly = new Set(['SHELLOPTS', 'BASHOPTS', 'UID', 'EUID', 'PPID'])
