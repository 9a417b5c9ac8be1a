import type { WireRequest } from '../wire/request.ts'

/**
 * The body itself, of one that is sent in chunks with a signature or a checksum behind each (S3 API Reference, "Signature
 * calculations: transferring payload in multiple chunks"); those are not checked.
 */
export function withoutChunks(body: Uint8Array, headers: WireRequest['headers']): Uint8Array {
  const isChunked =
    /\baws-chunked\b/.test(headers['content-encoding'] ?? '') ||
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  if (!isChunked) return body
  const bytes = Buffer.from(body)
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) break
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    if (!(size > 0)) break
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
  return Buffer.concat(chunks)
}
