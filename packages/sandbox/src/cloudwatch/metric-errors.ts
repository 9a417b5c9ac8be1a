import { AwsError } from '../aws-error.ts'

/** The value of a required parameter. Throws AwsError when it is not there. */
export function required<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value
  throw new AwsError('MissingParameter', `The parameter ${name} is required.`)
}

/** CloudWatch API Reference, "Common Errors". */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message)
}
