import { AwsError } from '../aws-error.ts'

/** An HTTP request of an AWS client, whichever door it came through. */
export interface WireRequest {
  method: string
  /** As it was sent, without its query. */
  path: string
  query: string
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>
  body: Uint8Array
}

export interface WireAnswer {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
}

/**
 * Whom a request is meant for: AWS signs service and region into the credential's scope (IAM User Guide, "Signature
 * Version 4"), of which a presigned URL has it in its query. A path without either is S3's, which alone has any. Throws AwsError
 * when the request is not signed.
 */
export function credentialScope(request: WireRequest): { service: string; region: string } {
  const query = new URLSearchParams(request.query)
  const credential =
    /Credential=([^,\s]+)/.exec(request.headers['authorization'] ?? '')?.[1] ?? query.get('X-Amz-Credential')
  const [, region, service] = /^[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential ?? '') ?? []
  if (region !== undefined && service !== undefined) return { region, service }
  if (request.path !== '/' && request.path !== '') return { region: 'us-east-1', service: 's3' }
  throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
}

/** The form of a query request: its body, or the query string of a GET. The body of one in JSON. */
export function formOf({ method, query, body }: WireRequest): string {
  return method === 'GET' ? query : new TextDecoder().decode(body)
}
