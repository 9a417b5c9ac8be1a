import type { AgentRun, AgentScript, Machine } from '../../hosts.ts'
import type { Disk } from '../disk/disk.ts'
import { rootIdentity } from '../login.ts'
import { runScript } from './run-script.ts'

/** Of a process that was killed. */
const killed = 137

/**
 * Runs a script as the SSM agent does: as root, without input. What it waits for passes at once and is counted, so that its
 * timeout is one of the machine's time. Throws when it is aborted.
 */
export async function runByAgent(
  disk: Disk,
  machine: Machine,
  { text, folder, timeout, signal }: AgentScript,
): Promise<AgentRun> {
  const output: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] }
  const late = new AbortController()
  let waited = 0
  const { exitCode } = await runScript(disk, machine, {
    script: text,
    identity: rootIdentity,
    // amazon-ssm-agent, agent/executers: what it tells every script.
    env: { AWS_SSM_INSTANCE_ID: machine.instanceId },
    cwd: folder,
    stdin: Buffer.alloc(0),
    signal: AbortSignal.any([signal, late.signal]),
    longest: timeout * 1000,
    sleep: async (milliseconds) => {
      waited += milliseconds
      if (waited >= timeout * 1000) late.abort()
      await new Promise((resolve) => setImmediate(resolve))
    },
    write: async (stream, data) => void output[stream].push(data),
  })
  signal.throwIfAborted()
  const isTimedOut = late.signal.aborted
  return {
    exitCode: isTimedOut ? killed : exitCode,
    stdout: Buffer.concat(output.stdout).toString(),
    stderr: Buffer.concat(output.stderr).toString(),
    seconds: Math.min(waited / 1000, timeout),
    isTimedOut,
  }
}
