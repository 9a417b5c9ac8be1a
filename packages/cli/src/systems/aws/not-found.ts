import { PackageError } from '@package/core/errors'

import { awsCodeOf } from './aws-error.ts'

/**
 * Whether AWS does not know what a call names. EC2 says so in codes such as `InvalidInstanceID.NotFound` and
 * `InvalidLaunchTemplateName.NotFoundException`, ELBv2 in such as `TargetGroupNotFound` and
 * `InvalidSecurityGroup`, CloudWatch in `ResourceNotFound`; Auto
 * Scaling has no code for it, and says it in the message of a ValidationError.
 */
export function isNotFound(thrown: unknown): boolean {
  const code = awsCodeOf(thrown)
  if (code === undefined || !(thrown instanceof PackageError)) return false
  if (code !== 'ValidationError') return /NotFound(Exception)?$|^InvalidSecurityGroup$/.test(code)
  return /not found|does not exist|no \w+ hook found|no active lifecycle action found|not part of/i.test(
    thrown.message,
  )
}

/** For what is meant to be gone: an answer that was lost is asked for again, and somebody else may have been faster. */
export async function unlessGone(done: Promise<unknown>): Promise<void> {
  try {
    await done
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}
