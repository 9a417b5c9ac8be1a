import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { Machine } from '../../hosts.ts'
import type { Disk } from '../disk/disk.ts'
import { rootIdentity } from '../login.ts'

const script = '/var/lib/cloud/instance/scripts/part-001'
const outputLog = '/var/log/cloud-init-output.log'

/** A machine that boots for longer keeps all others waiting. */
const longestRun = 60_000

/**
 * Runs user data that is a shell script, as cloud-init does at the first boot, and gives what it printed; that is kept
 * in the machine's cloud-init-output.log too. Other user data is not run. Throws when `signal` aborts it.
 */
export async function runUserData(disk: Disk, machine: Machine, signal: AbortSignal): Promise<string> {
  const { userData = '' } = machine
  if (!userData.startsWith('#!')) return ''
  const place = disk.locate(script)
  await mkdir(dirname(place), { recursive: true })
  await writeFile(place, userData, { mode: 0o700 })
  const [firstLine = ''] = userData.split('\n', 1)
  const output = isOfShell(firstLine)
    ? await run(disk, machine, settings(firstLine) + userData, signal)
    : `${firstLine.slice(2)}: this stand-in has no such interpreter; the user data is not run\n`
  await appendFile(disk.locate(outputLog), output)
  return output
}

async function run(disk: Disk, machine: Machine, text: string, signal: AbortSignal): Promise<string> {
  const { runScript } = await import('../shell/run-script.ts')
  const chunks: Buffer[] = []
  const { exitCode } = await runScript(disk, machine, {
    script: text,
    identity: rootIdentity,
    env: {},
    cwd: '/',
    stdin: Buffer.alloc(0),
    signal,
    longest: longestRun,
    // What it waits for happens at the same speed as everything else at boot: at once.
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
    write: async (_stream, data) => void chunks.push(data),
  })
  signal.throwIfAborted()
  const failed = exitCode === 0 ? '' : `cloud-init: part-001 failed with exit code ${exitCode}\n`
  return Buffer.concat(chunks).toString() + failed
}

function isOfShell(firstLine: string): boolean {
  return /^#!\s*(\S*\/env\s+(-S\s+)?)?(\S*\/)?(ba|da)?sh(\s|$)/.test(firstLine)
}

/** The options of `#!/bin/sh -e`, before the line that is a comment to the shell. */
function settings(firstLine: string): string {
  const letters = /\s-([efuvx]+)\s*$/.exec(firstLine)?.[1]
  return letters === undefined ? '' : `set -${letters}; `
}
