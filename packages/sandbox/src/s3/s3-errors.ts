import { AwsError } from '../aws-error.ts'

/** S3 API Reference, "Error responses". */
export function noSuchBucket(): AwsError {
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404)
}

export function noSuchKey(): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', 404)
}

export function accessDenied(message = 'Access Denied'): AwsError {
  return new AwsError('AccessDenied', message, 403)
}

/** What S3 has and the sandbox does not. */
export function notImplemented(what: string): AwsError {
  return new AwsError('NotImplemented', `The sandbox's S3 does not know ${what}.`, 501)
}
