import { AwsError } from '../aws-error.ts'

/** Auto Scaling's answer to what it does not take and to what it does not know (API Reference, "Common Errors"). */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message)
}

/** The value of a required parameter. Throws AwsError when it is not there. */
export function required<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value
  throw validationError(
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  )
}
