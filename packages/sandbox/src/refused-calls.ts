import { AwsError } from './aws-error.ts'

/** Requests for what the sandbox does not have. */
export function unknownService(name: string): AwsError {
  return new AwsError('InvalidAction', `The sandbox does not know the service ${name}`)
}

export function unknownOperation(service: string, operation: string): AwsError {
  return new AwsError(
    'InvalidAction',
    `The action ${operation} is not valid for this web service (the sandbox's ${service}).`,
  )
}

/** EC2 API Reference, DryRun: the answer to a request that would have succeeded. */
export function dryRun(): AwsError {
  return new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412)
}
