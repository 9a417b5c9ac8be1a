import { SetInstanceProtectionCommand } from '@aws-sdk/client-auto-scaling'
import { PackageError } from '@package/core/errors'

import { awsCodeOf } from '../aws-error.ts'
import { batches } from '../batches.ts'
import { isNotFound } from '../not-found.ts'
import type { AutoScalingSend } from './auto-scaling-send.ts'

/** API Reference, SetInstanceProtection. */
const mostAtOnce = 50

/** Passes over instances that left the group meanwhile, or are about to. */
export async function unprotectInstances(
  send: AutoScalingSend,
  groupName: string,
  instanceIds: readonly string[],
): Promise<void> {
  for (const some of batches(instanceIds, mostAtOnce)) await unprotect(send, groupName, some)
}

/** AWS refuses a call as a whole for one instance: then each goes alone. */
async function unprotect(send: AutoScalingSend, groupName: string, ids: string[]): Promise<void> {
  try {
    await send(
      new SetInstanceProtectionCommand({
        AutoScalingGroupName: groupName,
        InstanceIds: ids,
        ProtectedFromScaleIn: false,
      }),
    )
  } catch (error) {
    if (!isLeaving(error)) throw error
    if (ids.length > 1) for (const id of ids) await unprotect(send, groupName, [id])
  }
}

function isLeaving(error: unknown): boolean {
  if (isNotFound(error)) return true
  const isRefused = awsCodeOf(error) === 'ValidationError' && error instanceof PackageError
  return isRefused && /not in InService/i.test(error.message)
}
