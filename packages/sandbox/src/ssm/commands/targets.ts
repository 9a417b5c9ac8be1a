import type { Target } from '@aws-sdk/client-ssm'

import { tagsOf } from '../../ec2/tags/tags.ts'
import { knownInstances } from '../../ec2/instances/known-instances.ts'
import type { Instance } from '../../ec2/instances/instance.ts'
import type { Scope } from '../../operation.ts'
import { isManaged } from '../managed-instances/agent.ts'
import { constraintError, invalidInstanceId, validationError } from '../ssm-errors.ts'

/** API Reference, SendCommand. */
const mostIds = 50
const mostTargets = 5

/** The instances that a request names. Throws AwsError where Systems Manager does not know one. */
export function namedInstances(ids: readonly string[], scope: Scope): string[] {
  if (ids.length > mostIds) {
    const limit = `Member must have length less than or equal to ${String(mostIds)}`
    throw constraintError(`[${ids.join(', ')}]`, 'instanceIds', limit)
  }
  const known = knownInstances(scope)
  const missing = ids.filter((id) => {
    const instance = Object.hasOwn(known, id) ? known[id] : undefined
    return instance === undefined || !isManaged(instance, scope)
  })
  if (missing.length === 0) return [...new Set(ids)]
  throw invalidInstanceId(
    `Instances [[${missing.join(', ')}]] not in a valid state for account ${scope.accountId}`,
  )
}

/** The managed instances that all targets hold for (User Guide, "Running commands at scale"); perhaps none. */
export function targetedInstances(targets: readonly Target[], scope: Scope): string[] {
  if (targets.length > mostTargets) {
    const limit = `Member must have length less than or equal to ${String(mostTargets)}`
    throw constraintError(`[${String(targets.length)} targets]`, 'targets', limit)
  }
  const tests = targets.map((target) => testOf(target, scope))
  return Object.values(knownInstances(scope))
    .filter((instance) => isManaged(instance, scope) && tests.every((test) => test(instance)))
    .map(({ instanceId }) => instanceId)
}

function testOf(
  { Key: key = '', Values: values = [] }: Target,
  scope: Scope,
): (instance: Instance) => boolean {
  if (key === 'InstanceIds') {
    return ({ instanceId }) => values.includes(instanceId) || values.includes('*')
  }
  const tag = /^tag:(.+)$/.exec(key)?.[1]
  if (tag !== undefined) {
    return ({ instanceId }) => {
      const tags = tagsOf(scope, instanceId)
      return Object.hasOwn(tags, tag) && values.includes(tags[tag] ?? '')
    }
  }
  if (key === 'tag-key') {
    return ({ instanceId }) => values.some((each) => Object.hasOwn(tagsOf(scope, instanceId), each))
  }
  throw validationError(`Invalid target key: ${key}`)
}
