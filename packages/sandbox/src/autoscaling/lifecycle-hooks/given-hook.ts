import type { LifecycleHookSpecification } from '@aws-sdk/client-auto-scaling'

import { onlyGiven } from '../only-given.ts'
import { required, validationError } from '../validation-error.ts'
import type { LifecycleHook } from './lifecycle-hook.ts'

const transitions = ['autoscaling:EC2_INSTANCE_LAUNCHING', 'autoscaling:EC2_INSTANCE_TERMINATING'] as const

type GivenHook = { [Name in keyof LifecycleHookSpecification]?: LifecycleHookSpecification[Name] | undefined }

/** The hook as it is given, with what it was before where nothing is given. Throws AwsError for what AWS refuses. */
export function hookFrom(given: GivenHook, before: LifecycleHook | undefined): LifecycleHook {
  const name = required(given.LifecycleHookName, 'lifecycleHookName')
  if (!/^[A-Za-z0-9\-_/]{1,255}$/.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'lifecycleHookName' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9\\-_\\/]+`,
    )
  }
  const {
    transition,
    heartbeatTimeout = 3600,
    defaultResult = 'ABANDON',
    ...others
  } = { ...before, ...givenParts(given) }
  if (!transition) throw validationError('A new lifecycle hook needs a LifecycleTransition.')
  if (heartbeatTimeout < 30 || heartbeatTimeout > 7200) {
    throw validationError('Heartbeat Timeout must be between 30 and 7200 seconds')
  }
  return { ...others, name, transition, heartbeatTimeout, defaultResult }
}

function givenParts(given: GivenHook): Partial<Omit<LifecycleHook, 'name'>> {
  const { LifecycleTransition: wanted, DefaultResult: result } = given
  return onlyGiven({
    transition: wanted === undefined ? undefined : transitionFrom(wanted),
    heartbeatTimeout: given.HeartbeatTimeout,
    defaultResult: result === undefined ? undefined : resultFrom(result),
    notificationTargetArn: given.NotificationTargetARN,
    roleArn: given.RoleARN,
    notificationMetadata: given.NotificationMetadata,
  })
}

function transitionFrom(given: string): LifecycleHook['transition'] {
  const transition = transitions.find((each) => each === given)
  if (transition) return transition
  throw validationError(`Lifecycle Transition ${given} is not valid.`)
}

/** Throws AwsError unless it is CONTINUE or ABANDON. */
export function resultFrom(given: string): 'CONTINUE' | 'ABANDON' {
  if (given === 'CONTINUE' || given === 'ABANDON') return given
  throw validationError(`Lifecycle action result ${given} is not valid: it is CONTINUE or ABANDON.`)
}
