import type { InstanceState, InstanceStateName, StateReason } from '@aws-sdk/client-ec2'

import type { Instance } from './instance.ts'

/** EC2 API Reference, InstanceState: the low byte of its code. */
const codes: Readonly<Record<InstanceStateName, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
}

/** What the instance is at that time. */
export function stateOf({ runningAt, ending }: Instance, now: number): InstanceStateName {
  if (ending === undefined) return now < runningAt ? 'pending' : 'running'
  if (now >= ending.doneAt) return ending.to
  return ending.to === 'stopped' ? 'stopping' : 'shutting-down'
}

/** A state as answers show it. */
export function shownState(name: InstanceStateName): Required<InstanceState> {
  return { Code: codes[name], Name: name }
}

/** Why the instance is in its state, where there is something to say (EC2 API Reference, StateReason). */
export function reasonsOf(
  instance: Instance,
  now: number,
): { StateTransitionReason: string; StateReason?: StateReason } {
  const { ending } = instance
  if (ending === undefined) {
    if (stateOf(instance, now) === 'running') return { StateTransitionReason: '' }
    return { StateTransitionReason: '', StateReason: { Code: 'pending', Message: 'pending' } }
  }
  if (ending.by === 'shutdown') {
    const code = 'Client.InstanceInitiatedShutdown'
    const reason = { Code: code, Message: `${code}: Instance initiated shutdown` }
    return { StateTransitionReason: '', StateReason: reason }
  }
  const code = 'Client.UserInitiatedShutdown'
  const time = new Date(ending.askedAt).toISOString().slice(0, 19).replace('T', ' ')
  return {
    StateTransitionReason: `User initiated (${time} GMT)`,
    StateReason: { Code: code, Message: `${code}: User initiated shutdown` },
  }
}
