import type { InvocationEnd } from './command.ts'

/** amazon-ssm-agent, agent/framework/processor/executer/outofproc/master.go: how long it waits for one that it does not find. */
const zombieTimeout = 3000

/**
 * What an agent tells of a script whose process is gone when the agent comes up: it takes up the document that was in progress, does
 * not find the worker's process, and has it failed, with nothing of what was printed (the same file: `initialize`,
 * `generateUnexpectedFailResult`; the words are those of messaging/messaging.go beside it).
 */
export function cutOffEnd(agentAnswersAt: number): InvocationEnd {
  const stdout =
    'document process failed unexpectedly: document worker timed out , check [ssm-document-worker]/[ssm-session-worker] log for crash reason'
  return { at: agentAnswersAt + zombieTimeout, details: 'Failed', exitCode: 0, stdout, stderr: '' }
}
