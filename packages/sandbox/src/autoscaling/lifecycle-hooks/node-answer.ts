import type { Instance } from '../../ec2/instances/instance.ts'
import { userDataOf } from '../../ec2/instances/user-data.ts'
import type { Scope } from '../../operation.ts'
import type { LifecycleAction } from '../instances/group-instance.ts'

/**
 * What the node itself will say of a launch hook, and when. The sandbox plays the node: its machines have no metadata service
 * and no Python for a signed call, so that their user data cannot complete a hook. A hook is completed by the node when its
 * user data has the line `# package:completes-hook <name>`; any other waits for whoever completes it, as on AWS. User data
 * runs at the first boot only, which is before an instance could leave standby.
 */
export function nodeAnswer(
  hookName: string,
  machine: Instance | undefined,
  { now, times, state }: Scope,
): Pick<LifecycleAction, 'node'> {
  if (!machine || machine.converge === 'hangs') return {}
  if (!completes(userDataOf(state.ec2, machine), hookName)) return {}
  const at = machine.runningAt + times.converge * 1000
  if (at < now) return {}
  return { node: { at, says: machine.converge === 'fails' ? 'ABANDON' : 'CONTINUE' } }
}

function completes(userData = '', hookName: string): boolean {
  return Buffer.from(userData, 'base64')
    .toString()
    .split('\n')
    .some((line) => /^# package:completes-hook (\S+)\s*$/.exec(line)?.[1] === hookName)
}

/** When the action comes to its end by itself, and what the node says then; a machine that was told to end says nothing. */
export function endOf(
  { until, node }: LifecycleAction,
  machine: Instance | undefined,
): { at: number; said?: 'CONTINUE' | 'ABANDON' } {
  const endsAt = machine?.ending?.askedAt ?? (machine ? Infinity : 0)
  return node && node.at < until && node.at < endsAt ? { at: node.at, said: node.says } : { at: until }
}

/** As the message of an abandoned launch has it. */
export function completedReason(result: 'CONTINUE' | 'ABANDON'): string {
  return `Lifecycle Action Completed with ${result} Result`
}
