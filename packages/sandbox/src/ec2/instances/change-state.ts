import type {
  InstanceStateChange,
  RebootInstancesRequest,
  StartInstancesRequest,
  StartInstancesResult,
  StopInstancesRequest,
  StopInstancesResult,
  TerminateInstancesRequest,
  TerminateInstancesResult,
} from '@aws-sdk/client-ec2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { disassociateFrom } from '../addresses/associations.ts'
import { freePublicAddresses } from '../addresses/public-addresses.ts'
import { releaseVolumes } from '../volumes/launch-volumes.ts'
import type { Instance } from './instance.ts'
import { shownState, stateOf } from './instance-states.ts'
import { instancesOf } from './known-instances.ts'

export function startInstances(input: StartInstancesRequest, scope: Scope): StartInstancesResult {
  const publicAddress = freePublicAddresses(scope)
  return {
    StartingInstances: changeEach(input.InstanceIds, scope, (instance) => {
      const state = stateOf(instance, scope.now)
      if (state === 'pending' || state === 'running') return
      if (state !== 'stopped') throw cannotBe(instance, 'started')
      delete instance.ending
      delete instance.reboot
      instance.launchedAt = scope.now
      instance.runningAt = scope.now + scope.times.boot * 1000
      if (instance.hasPublicAddress) instance.publicIp = publicAddress()
    }),
  }
}

export function stopInstances(input: StopInstancesRequest, scope: Scope): StopInstancesResult {
  return {
    StoppingInstances: changeEach(input.InstanceIds, scope, (instance) => {
      const state = stateOf(instance, scope.now)
      if (state === 'stopping' || state === 'stopped') return
      if (state !== 'running') throw cannotBe(instance, 'stopped')
      if (instance.isStopProtected) throw isProtected(instance, 'stopped', 'disableApiStop')
      end(instance, scope, 'stopped', scope.times.stop)
    }),
  }
}

/** A reboot keeps the state; the machine's disk stays as it is. One that is still booting does so once. */
export function rebootInstances(input: RebootInstancesRequest, scope: Scope): undefined {
  const instances = instancesOf(scope, input.InstanceIds)
  for (const instance of instances) {
    const state = stateOf(instance, scope.now)
    if (state !== 'running' && state !== 'pending') throw cannotBe(instance, 'rebooted')
  }
  for (const instance of instances) {
    if (stateOf(instance, scope.now) !== 'running') continue
    instance.reboot = { askedAt: scope.now, doneAt: scope.now + scope.times.boot * 1000 }
  }
}

/** All or none: one that is protected keeps the others. Those that are terminated already stay so. */
export function terminateInstances(input: TerminateInstancesRequest, scope: Scope): TerminateInstancesResult {
  const ended: string[] = []
  const TerminatingInstances = changeEach(input.InstanceIds, scope, (instance) => {
    if (instance.ending?.to === 'terminated') return
    if (instance.isTerminationProtected) throw isProtected(instance, 'terminated', 'disableApiTermination')
    terminate(instance, scope)
    ended.push(instance.instanceId)
  })
  if (ended.length > 0) scope.whenKept(() => scope.hosts.forget(ended))
  return { TerminatingInstances }
}

/** Ends the instance for good, protected or not. That its machine is forgotten is the caller's to see to. */
export function terminate(instance: Instance, scope: Scope): void {
  const isStopped = stateOf(instance, scope.now) === 'stopped'
  const { doneAt } = end(instance, scope, 'terminated', isStopped ? 0 : scope.times.terminate)
  disassociateFrom(scope.state.ec2, instance.instanceId)
  releaseVolumes(scope, instance.instanceId, doneAt)
}

function changeEach(
  ids: readonly string[] | undefined,
  scope: Scope,
  change: (instance: Instance) => void,
): InstanceStateChange[] {
  return instancesOf(scope, ids).map((instance) => {
    const PreviousState = shownState(stateOf(instance, scope.now))
    change(instance)
    return {
      InstanceId: instance.instanceId,
      PreviousState,
      CurrentState: shownState(stateOf(instance, scope.now)),
    }
  })
}

function end(
  instance: Instance,
  { now }: Scope,
  to: 'stopped' | 'terminated',
  seconds: number,
): NonNullable<Instance['ending']> {
  const ending = { to, by: 'user' as const, askedAt: now, doneAt: now + seconds * 1000 }
  instance.ending = ending
  delete instance.publicIp
  return ending
}

function cannotBe({ instanceId }: Instance, done: string): AwsError {
  return new AwsError(
    'IncorrectInstanceState',
    `The instance '${instanceId}' is not in a state from which it can be ${done}.`,
  )
}

function isProtected({ instanceId }: Instance, done: string, attribute: string): AwsError {
  return new AwsError(
    'OperationNotPermitted',
    `The instance '${instanceId}' may not be ${done}. Modify its '${attribute}' instance attribute and try again.`,
  )
}
