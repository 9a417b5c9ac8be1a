import { AwsError } from '../aws-error.ts'

/** An HTTP request of an AWS client, whichever door it came through. */
export interface WireRequest {
  path: string
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>
  /** The form of a query request: its body, or the query string of a GET. The body of one in JSON. */
  form: string
}

export interface WireAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * Whom a request is meant for: AWS signs service and region into the credential's scope (IAM User Guide, "Signature
 * Version 4"). Throws AwsError when the request is not signed.
 */
export function credentialScope(request: WireRequest): { service: string; region: string } {
  const [, region, service] =
    /Credential=[^/,\s]+\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/.exec(
      request.headers['authorization'] ?? '',
    ) ?? []
  if (region !== undefined && service !== undefined) return { region, service }
  throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
}
