import { impairedSince } from '../../ec2/instances/status-checks.ts'
import type { Instance } from '../../ec2/instances/instance.ts'
import { bootedAt } from '../../ec2/instances/machines.ts'
import { stateOf } from '../../ec2/instances/instance-states.ts'
import type { Scope } from '../../operation.ts'

/** From when on its SSM agent is known while it runs. */
export function agentStartsAt({ runningAt }: Instance, { times }: Scope): number {
  return runningAt + times.agent * 1000
}

/** From when on that agent takes commands: it comes up with each boot. */
export function agentAnswersAt(instance: Instance, { times }: Scope): number {
  return bootedAt(instance) + times.agent * 1000
}

/**
 * Whether Systems Manager knows the instance: it has a role that its agent registers with, and has run. (User Guide, "Setting
 * up managed nodes": without an instance profile there is none.)
 */
export function isManaged(instance: Instance, scope: Scope): boolean {
  if (!mayHaveAgent(instance, scope)) return false
  const state = stateOf(instance, scope.now)
  if (state === 'running') return agentStartsAt(instance, scope) <= scope.now
  return state === 'stopping' || state === 'stopped'
}

/** Whether its agent answers at that time. */
export function isOnline(instance: Instance, at: number, scope: Scope): boolean {
  if (!mayHaveAgent(instance, scope) || stateOf(instance, at) !== 'running') return false
  return agentStartsAt(instance, scope) <= at && at < (impairedSince(instance, scope) ?? Infinity)
}

/** Ubuntu's and Amazon's images bring the agent, Debian's do not; what was made of one may have installed it. */
function mayHaveAgent({ iamInstanceProfile, imageId, user }: Instance, { state }: Scope): boolean {
  if (iamInstanceProfile === undefined) return false
  const image = Object.hasOwn(state.ec2.images, imageId) ? state.ec2.images[imageId] : undefined
  return user !== 'admin' || image?.sourceInstanceId !== undefined
}
