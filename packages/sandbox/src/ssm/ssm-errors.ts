import { AwsError } from '../aws-error.ts'

/** Systems Manager API Reference, "Common Errors": what the request's own constraints forbid. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message)
}

export function invalidInstanceId(message = ''): AwsError {
  return new AwsError('InvalidInstanceId', message)
}

/** A value that is not among those of an enumeration, or breaks another constraint, in the words of AWS's validation. */
export function constraintError(value: unknown, member: string, constraint: string): AwsError {
  return validationError(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${constraint}`,
  )
}
