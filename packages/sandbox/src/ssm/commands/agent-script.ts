import type { AgentRun, AgentScript } from '../../hosts/hosts.ts'
import type { Scope } from '../../operation.ts'
import type { Command, EndDetails, Invocation, InvocationEnd } from './command.ts'

/** Systems Manager User Guide: "Output from the command is limited to 24,000 characters". */
const longestOutput = 24_000

/** What the document has an agent run (AWS-RunShellScript: one script of all its lines). */
export function agentScript({ parameters, executionTimeout }: Command): Omit<AgentScript, 'signal'> {
  const { commands = [], workingDirectory = [] } = parameters
  const [folder = ''] = workingDirectory
  return { text: commands.join('\n'), folder: folder === '' ? '/' : folder, timeout: executionTimeout }
}

/** What an agent reports of a run. */
export function runEnd(
  command: Command,
  { startedAt = command.requestedAt }: Invocation,
  { exitCode, stdout, stderr, seconds, isTimedOut }: AgentRun,
  { times }: Scope,
): InvocationEnd {
  const took = Math.max(times.command, Math.min(seconds, command.executionTimeout))
  return {
    at: startedAt + took * 1000,
    details: detailsOf(exitCode, isTimedOut),
    exitCode,
    stdout: cut(stdout, '\n---Output truncated---'),
    stderr: cut(stderr + said(exitCode, isTimedOut), '\n---Error truncated---'),
  }
}

function detailsOf(exitCode: number, isTimedOut: boolean): EndDetails {
  if (isTimedOut) return 'ExecutionTimedOut'
  return exitCode === 0 ? 'Success' : 'Failed'
}

/** The agent's own last line. */
function said(exitCode: number, isTimedOut: boolean): string {
  return exitCode === 0 || isTimedOut ? '' : `failed to run commands: exit status ${String(exitCode)}`
}

function cut(text: string, mark: string): string {
  return text.length <= longestOutput ? text : text.slice(0, longestOutput - mark.length) + mark
}
