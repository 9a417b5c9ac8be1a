import { accessDenied } from './s3-errors.ts'
import type { S3Request } from './s3-request.ts'

/**
 * Refuses a presigned request whose time is over on the account's clock, and one that nobody signed: no bucket is public. The
 * signature itself is not checked.
 */
export function checkAuthentication({ query, headers }: S3Request, now: number): void {
  if (headers['authorization'] !== undefined) return
  const expiry = expiryOf(query)
  if (expiry === undefined) throw accessDenied()
  if (!(now < expiry)) throw accessDenied('Request has expired')
}

/** S3 API Reference, "Authenticating requests: using query parameters"; before Signature Version 4 it was `Expires`. */
function expiryOf(query: URLSearchParams): number | undefined {
  const signedAt = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '')
  if (query.has('X-Amz-Signature') && signedAt) {
    const [, year, month, day, hour, minute, second] = signedAt
    const start = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
    return start + Number(query.get('X-Amz-Expires') ?? Number.NaN) * 1000
  }
  return query.has('Signature') ? Number(query.get('Expires') ?? Number.NaN) * 1000 : undefined
}
