import type { GetConsoleOutputRequest, GetConsoleOutputResult } from '@aws-sdk/client-ec2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { instanceTypes } from '../zones/instance-types.ts'
import type { Instance } from './instance.ts'
import { stateOf } from './instance-states.ts'
import { instanceOf } from './known-instances.ts'
import { machineOf } from './machines.ts'

/** EC2 API Reference, GetConsoleOutput: the last 64 KB are kept. */
const mostBytes = 65_536

/** What was posted last, some time after the boot; on Nitro the latest text can be had at once (the same page). */
export async function getConsoleOutput(
  input: GetConsoleOutputRequest,
  scope: Scope,
): Promise<GetConsoleOutputResult> {
  const instance = instanceOf(scope, input.InstanceId)
  const isLatest = input.Latest === true
  if (isLatest && instanceTypes.get(instance.instanceType)?.isNitro !== true) {
    throw new AwsError(
      'UnsupportedOperation',
      'This instance type does not support retrieving the latest console logs.',
    )
  }
  const text = isPosted(instance, isLatest, scope)
    ? await scope.hosts.console(machineOf(scope.state.ec2, instance))
    : ''
  return {
    InstanceId: instance.instanceId,
    Timestamp: new Date(scope.now),
    Output: Buffer.from(text).subarray(-mostBytes).toString('base64'),
  }
}

/** A terminated instance has no disk any more, and with it no console. */
function isPosted(instance: Instance, isLatest: boolean, { now, times }: Scope): boolean {
  if (instance.ending?.to === 'terminated') return false
  const delay = isLatest ? 0 : times.console * 1000
  return stateOf(instance, now) !== 'pending' && now >= instance.runningAt + delay
}
