import { PackageError } from '@package/core/errors'

/** Failures that may be gone a moment later, so that the request is sent again. */
const passing: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

const ownAuthority =
  'if the server has a certificate of its own, NODE_EXTRA_CA_CERTS names the file that signed it; `knife ssl fetch` leaves it in ~/.chef/trusted_certs'

const ofCertificates: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  CERT_HAS_EXPIRED: [
    'its certificate has expired',
    'renew it on the server; check the clock of this machine',
  ],
  CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'check the clock of this machine'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for another name',
    'use the name that the certificate has',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['it signed its certificate itself', ownAuthority],
  SELF_SIGNED_CERT_IN_CHAIN: ['its certificate is of an authority that is not known here', ownAuthority],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'its certificate is of an authority that is not known here',
    ownAuthority,
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'its certificate is of an authority that is not known here',
    ownAuthority,
  ],
}

/** What OpenSSL makes of a first answer that is plain text. */
const plainText: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
])

/** Whether it is worth to send the request again. */
export function isPassing(thrown: unknown): boolean {
  return (thrown as Error).name === 'TimeoutError' || passing.has(codeOf(thrown))
}

/** What kept `fetch` from getting an answer, as an error that says what to do. */
export function networkError(url: string, thrown: unknown): PackageError {
  const code = codeOf(thrown)
  const certificate = ofCertificates[code]
  if (certificate) {
    const [reason, hint] = certificate
    return new PackageError('system', 'CHEF_CERTIFICATE', `${url} is not trusted: ${reason}`, {
      hint,
      cause: thrown,
    })
  }
  const [reason, hint] = withoutAnswer(thrown, code)
  return new PackageError('system', 'CHEF_UNREACHABLE', `${url} cannot be reached: ${reason}`, {
    hint,
    cause: thrown,
  })
}

function withoutAnswer(thrown: unknown, code: string): readonly [reason: string, hint: string] {
  if (code.startsWith('ERR_SSL_')) {
    const reason = plainText.has(code) ? 'what answers there does not speak TLS' : `TLS fails (${code})`
    return [reason, 'check the address: http:// if the server has no TLS, and its port']
  }
  const reason = (thrown as Error).name === 'TimeoutError' ? 'no answer in time' : reasonOf(thrown)
  return [reason, 'check the address, the network, and that the server runs']
}

function codeOf(thrown: unknown): string {
  const { code } = ((thrown as Error).cause ?? thrown) as NodeJS.ErrnoException
  return typeof code === 'string' ? code : ''
}

function reasonOf(thrown: unknown): string {
  const { cause, message } = thrown as Error
  // Of several addresses that were tried, the error itself has no text.
  const { errors } = (cause ?? {}) as { errors?: readonly Error[] }
  return errors?.[0]?.message ?? ((cause as Error | undefined)?.message || message)
}
