import { PackageError } from '@package/core/errors'

import { advice } from './advice.ts'

interface SdkError {
  name?: string
  Code?: string
  code?: string
  message?: string
  $metadata?: { httpStatusCode?: number; requestId?: string; attempts?: number }
}

/**
 * The only place where an error of the SDK becomes ours. The code is AWS's own, in our spelling; what to do is in advice.ts.
 * What is no error of AWS or of the way to it is given back as it is: it is a bug.
 */
export function awsError(thrown: unknown, service: string, region: string, operation: string): unknown {
  const error = thrown as SdkError
  const code = codeOf(error)
  if (code === undefined) return thrown
  const known = advice(code, error.message ?? '')
  const request = error.$metadata?.requestId
  const said = (error.message ?? '').trim()
  // EC2 may say of a permission only in encoded words which one is missing.
  const isUnnamed = known?.code === 'NOT_ALLOWED' && !said.includes(operation)
  const asked = isUnnamed ? `${operation} with ${code}` : code
  const message = `${service} in ${region} answered ${asked}: ${said}`
  return new PackageError(known?.kind ?? 'system', known?.code ?? spelled(code), message, {
    hint: known?.hint ?? fallbackHint(request),
    cause: thrown,
  })
}

/** AWS's own code of an error that awsError made; undefined for any other. */
export function awsCodeOf(thrown: unknown): string | undefined {
  return thrown instanceof PackageError ? codeOf(thrown.cause as SdkError) : undefined
}

/**
 * The code on the wire, which the SDK's class names only resemble (`AlreadyExistsFault` is `AlreadyExists`); of a broken
 * connection the system's code; of missing credentials the SDK's name for that.
 */
export function codeOf(error: SdkError | undefined): string | undefined {
  if (error === undefined) return undefined
  if (typeof error.Code === 'string') return error.Code
  if (error.$metadata?.httpStatusCode !== undefined && typeof error.name === 'string') {
    return error.name.replace(/Fault$/, '')
  }
  if (typeof error.code === 'string') return error.code
  return /^(CredentialsProviderError|TokenProviderError|TimeoutError)$/.test(error.name ?? '')
    ? error.name
    : undefined
}

/** `InvalidAMIID.NotFound` is INVALID_AMIID_NOT_FOUND. */
function spelled(code: string): string {
  return code
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
}

function fallbackHint(requestId: string | undefined): string {
  const request = requestId === undefined ? '' : ` (request ${requestId})`
  return `--verbose shows every call to AWS with its request id${request}`
}
