import { AwsError } from '../aws-error.ts'

/** Elastic Load Balancing's answer to what it does not take (API Reference, "Common errors"). */
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

export function invalidConfiguration(message: string): AwsError {
  return new AwsError('InvalidConfigurationRequest', message)
}

/** What the sandbox's load balancers do not have: refused, rather than forgotten. */
export function unknownToSandbox(what: string): AwsError {
  return new AwsError('UnsupportedOperation', `The sandbox's load balancers have no ${what}.`)
}

/**
 * The names of load balancers and of target groups: at most 32 letters, digits and hyphens, and no hyphen at either end (API
 * Reference, CreateLoadBalancer and CreateTargetGroup). Throws AwsError.
 */
export function checkName(name: string, kind: string): void {
  if (name.length > 32) throw validationError(`${kind} name '${name}' cannot be longer than '32' characters`)
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    throw validationError(
      `${kind} name '${name}' can only contain characters that are alphanumeric characters or hyphens(-)`,
    )
  }
  if (/^-|-$/.test(name)) throw validationError(`${kind} name '${name}' cannot begin or end with '-'`)
}
