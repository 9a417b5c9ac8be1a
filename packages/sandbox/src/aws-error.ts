/** A refusal with AWS's own code and words; the wire layer writes it as the service does. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number

  /** `status` is 400 for what the caller did wrong, as almost all of AWS's codes are. */
  constructor(code: string, message: string, status = 400) {
    super(message)
    this.name = 'AwsError'
    this.code = code
    this.status = status
  }
}

/** A required parameter is not there. */
export function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}`)
}

export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message)
}
