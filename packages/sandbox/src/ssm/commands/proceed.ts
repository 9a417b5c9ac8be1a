import { stateOf } from '../../ec2/instances/instance-states.ts'
import type { Scope } from '../../operation.ts'
import { agentAnswersAt, isOnline } from '../managed-instances/agent.ts'
import { expiresAt, silentEnd, type Command, type Invocation } from './command.ts'
import { cutOffEnd } from './cut-off-end.ts'
import { mostAtOnce, mostErrors } from './rates.ts'

/** Whether time, or the instances, can still change what becomes of it. */
export function isOpen({ invocations }: Command, now: number): boolean {
  return invocations.some(({ end }) => end === undefined || end.at > now)
}

/**
 * Does with a command what is due by now, each thing at its own time, as far as it is known what came of those before: sends it
 * to as many as may have it at once, stops after too many errors, gives up on who does not answer. Gives those that are to run.
 */
export function proceed(command: Command, scope: Scope): Invocation[] {
  send(command, scope)
  for (const invocation of command.invocations) {
    start(command, invocation, scope)
    cutOff(invocation, scope)
    lose(command, invocation, scope)
  }
  expire(command, scope)
  return command.invocations.filter(({ startedAt, end }) => startedAt !== undefined && end === undefined)
}

function send(command: Command, scope: Scope): void {
  const { invocations, requestedAt } = command
  const waiting = invocations.filter(({ sentAt, end }) => sentAt === undefined && end === undefined)
  const most = mostAtOnce(command)
  // When those that hold a turn give it back, the latest first: only so many matter.
  const turns = invocations
    .flatMap(({ sentAt, end }) => (sentAt === undefined ? [] : [end?.at ?? Infinity]))
    .sort((a, b) => b - a)
    .slice(0, most)
  const stoppedAt = exceededAt(command)
  const known = knownUntil(command, scope)
  for (const invocation of waiting) {
    const at = turns.length < most ? requestedAt : Math.min(...turns)
    const isDue = at <= scope.now && at < known && at < expiresAt(command)
    if (stoppedAt !== undefined && stoppedAt <= Math.min(at, scope.now)) {
      invocation.end = silentEnd(stoppedAt, 'Terminated')
      continue
    }
    if (!isDue) break
    if (turns.length >= most) turns.splice(turns.indexOf(at), 1)
    turns.push(Infinity)
    invocation.sentAt = at
  }
}

/** When one more has failed than may. */
function exceededAt(command: Command): number | undefined {
  const failures = command.invocations
    .flatMap(({ end }) => (end?.details === 'Failed' || end?.details === 'ExecutionTimedOut' ? [end.at] : []))
    .sort((a, b) => a - b)
  return failures[mostErrors(command)]
}

/** Up to when it is known what came of all that run: before that nothing may be decided, whoever really ends first. */
function knownUntil({ invocations }: Command, { times }: Scope): number {
  const running = invocations.flatMap(({ startedAt, end }) =>
    startedAt === undefined || end !== undefined ? [] : [startedAt + times.command * 1000],
  )
  return Math.min(Infinity, ...running)
}

function start(command: Command, invocation: Invocation, scope: Scope): void {
  const { instanceId, sentAt, startedAt, end } = invocation
  const instance = scope.state.ec2.instances[instanceId]
  if (sentAt === undefined || startedAt !== undefined || end !== undefined || instance === undefined) return
  const at = Math.max(sentAt, agentAnswersAt(instance, scope))
  const isTaken = at <= scope.now && at < expiresAt(command) && isOnline(instance, at, scope)
  if (isTaken) invocation.startedAt = at
}

/** A reboot ends what runs; the agent tells of it when it is up again. */
function cutOff(invocation: Invocation, scope: Scope): void {
  const { instanceId, startedAt, cancelledAt, end } = invocation
  const instance = scope.state.ec2.instances[instanceId]
  const askedAt = instance?.reboot?.askedAt
  if (!instance || askedAt === undefined || startedAt === undefined || cancelledAt !== undefined) return
  if (startedAt >= askedAt || (end && end.at <= askedAt)) return
  invocation.end = cutOffEnd(agentAnswersAt(instance, scope))
}

/**
 * What an instance did not report before it ended is never known: the service waits until the command expires. (Only the agent
 * itself tells of an execution that timed out.)
 */
function lose(command: Command, invocation: Invocation, { state, now }: Scope): void {
  const { instanceId, startedAt, end } = invocation
  if (startedAt === undefined || end?.details === 'DeliveryTimedOut') return
  const instance = state.ec2.instances[instanceId]
  const goneAt = instance ? instance.ending?.askedAt : end?.at
  const isGone = instance === undefined || stateOf(instance, now) !== 'running'
  if (!isGone || (goneAt !== undefined && (goneAt > now || (end !== undefined && end.at <= goneAt)))) return
  invocation.end = silentEnd(expiresAt(command), 'DeliveryTimedOut')
  delete invocation.runner
}

function expire(command: Command, scope: Scope): void {
  const expiry = expiresAt(command)
  if (expiry > Math.min(scope.now, knownUntil(command, scope))) return
  for (const invocation of command.invocations) {
    if (invocation.startedAt === undefined) invocation.end ??= silentEnd(expiry, 'DeliveryTimedOut')
  }
}
