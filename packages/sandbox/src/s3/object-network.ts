import type { Network } from '../hosts/hosts.ts'
import type { WireAnswer, WireRequest } from '../wire/request.ts'

/** S3 User Guide, "Methods for accessing a bucket". */
const ofS3 = /^(.+\.)?s3[.-]([a-z0-9-]+\.)?amazonaws\.com$/

/** The network as machines reach it: S3 by its names, the doors of the sandbox, and nothing else. */
export function objectNetwork(
  answer: (request: WireRequest) => Promise<WireAnswer>,
  doors: ReadonlySet<string>,
): Network {
  return async (text, role) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (!url || !(ofS3.test(url.hostname) || doors.has(url.host))) return undefined
    const { status, body } = await answer({
      method: 'GET',
      path: url.pathname,
      query: url.search.slice(1),
      headers: { host: url.host, ...(role !== undefined && { authorization: signed(role) }) },
      body: new Uint8Array(),
    })
    return { status, body: typeof body === 'string' ? Buffer.from(body) : body }
  }
}

/** The form of a signature, which is not checked; buckets are found whichever region it is for. */
function signed(role: string): string {
  return `AWS4-HMAC-SHA256 Credential=${role}/20060314/us-east-1/s3/aws4_request`
}
