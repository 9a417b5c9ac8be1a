import type { Invocation, InvocationOutput } from '../../ports/cloud/commands.ts'
import type { HostEnd } from '../deploy-host.ts'
import { failedEnd } from '../failure-reason.ts'
import { cutOffAt, type HostSaid } from '../host-said.ts'

const open: ReadonlySet<Invocation['status']> = new Set(['Pending', 'InProgress', 'Delayed', 'Cancelling'])

export function isOpen({ status }: Invocation): boolean {
  return open.has(status)
}

/** Whether no agent has taken it. */
export function isWaiting({ status }: Invocation): boolean {
  return status === 'Pending' || status === 'Delayed'
}

/** Whether all that was said is worth a call: the beginning alone does not tell why. */
export function tellsMore({ status }: Invocation): boolean {
  return status === 'Failed' || status === 'ExecutionTimedOut'
}

/** What became of a host whose invocation has ended; one that was cancelled is for who has done so. */
export function invocationEnd(
  { status }: Invocation,
  said: HostSaid,
  output: InvocationOutput | undefined,
): HostEnd {
  switch (status) {
    case 'Success':
      if (said.hasBegun) return { status: 'converged', bundle: said.wantsBundle ? 'sent' : 'present' }
      return { status: 'failed', reason: 'its agent does not tell scripts the instance id: it is too old' }
    case 'Failed':
      return cutOffEnd(said) ?? failedEnd(said, output?.exitCode ?? -1)
    case 'ExecutionTimedOut':
      return { status: 'timed out', reason: timedOutAt(said) }
    case 'Terminated':
      return { status: 'not started', reason: '--max-errors: Systems Manager has begun no more' }
    case 'DeliveryTimedOut':
      return { status: 'unreachable', reason: 'its agent did not take the command, or tell of its end' }
    default:
      return { status: 'unreachable', reason: `Systems Manager says: ${status}` }
  }
}

/** All that was said, as far as Systems Manager keeps it; empty where that is nothing. */
export function spokenText(invocation: Invocation, output: InvocationOutput | undefined): string {
  const parts = output ? [output.output, output.errors] : []
  const all = parts.filter((part) => part !== '').join('\n')
  // What an agent says of its own is in the beginning alone.
  return (all.trim() === '' ? invocation.beginning : all).trimEnd()
}

/** amazon-ssm-agent, agent/plugins/runscript/runscript.go: what it says itself of a script that has failed. */
export function isAgentsOwn(line: string): boolean {
  return line.startsWith('failed to run commands: ')
}

/** Where a script is once it has begun is told with its end, and until then written on the host alone. */
function timedOutAt(said: HostSaid): string {
  return said.hasBegun && said.step === ''
    ? 'cut off before it told how far it was: /var/log/package/deploy.log there has it'
    : `cut off ${cutOffAt(said)}`
}

/**
 * amazon-ssm-agent, agent/framework/processor/executer/outofproc/master.go: what it says, in the place of all that was printed, of a
 * script that is gone when it looks for it, as after a reboot of the host. The script's end is not known then.
 */
function cutOffEnd({ hasBegun, lines }: HostSaid): HostEnd | undefined {
  if (hasBegun) return undefined
  const word = lines.find((line) => line.startsWith('document process failed unexpectedly'))
  return word === undefined
    ? undefined
    : { status: 'lost', reason: `cut off, as by a reboot; its SSM agent: ${word}` }
}
