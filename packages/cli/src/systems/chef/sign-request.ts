import { createHash, sign, type KeyObject } from 'node:crypto'

/** Of the server's API, not of the signature; it is signed too. */
const apiVersion = '1'

export interface UnsignedRequest {
  method: 'GET' | 'POST' | 'PUT'
  /** Without a query, which is not signed. */
  path: string
  /** Empty where there is none. */
  body: string
}

/**
 * The headers by which a Chef Server knows the client: authentication protocol 1.3, which signs with SHA-256
 * (github.com/chef/mixlib-authentication, signedheaderauth.rb). `now` in milliseconds since 1970.
 */
export function signedHeaders(
  { method, path, body }: UnsignedRequest,
  clientName: string,
  key: KeyObject,
  now: number,
): Record<string, string> {
  const timestamp = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
  const contentHash = createHash('sha256').update(body).digest('base64')
  const text = [
    `Method:${method}`,
    `Path:${canonicalPath(path)}`,
    `X-Ops-Content-Hash:${contentHash}`,
    'X-Ops-Sign:version=1.3',
    `X-Ops-Timestamp:${timestamp}`,
    `X-Ops-UserId:${clientName}`,
    `X-Ops-Server-API-Version:${apiVersion}`,
  ].join('\n')
  const signature = sign('RSA-SHA256', Buffer.from(text), key).toString('base64')
  return {
    'X-Ops-Sign': 'algorithm=sha256;version=1.3;',
    'X-Ops-Userid': clientName,
    'X-Ops-Timestamp': timestamp,
    'X-Ops-Content-Hash': contentHash,
    'X-Ops-Server-API-Version': apiVersion,
    ...Object.fromEntries(
      inPieces(signature).map((piece, index) => [`X-Ops-Authorization-${String(index + 1)}`, piece]),
    ),
  }
}

function canonicalPath(path: string): string {
  const collapsed = path.replace(/\/+/g, '/')
  return collapsed.length > 1 ? collapsed.replace(/\/$/, '') : collapsed
}

/** Ruby's Base64 breaks lines at 60 characters, and each line is a header. */
function inPieces(signature: string): string[] {
  return signature.match(/.{1,60}/g) ?? []
}
