import { createHash } from 'node:crypto'

import { AwsError } from '../aws-error.ts'

/** What a client token stands for: the request that it came with first, and what that made. */
export interface TokenRecord {
  request: string
  made: string
}

/**
 * Gives what the request with this client token made the first time, or makes it now (EC2 API Reference, "Ensuring
 * idempotency"). Throws AwsError when the token came with another request before.
 */
export function once(
  tokens: Record<string, TokenRecord>,
  token: string | undefined,
  request: object,
  make: () => string,
): string {
  if (token === undefined) return make()
  const digest = createHash('sha256').update(JSON.stringify(request)).digest('hex')
  const known = Object.hasOwn(tokens, token) ? tokens[token] : undefined
  if (known === undefined) {
    const made = make()
    tokens[token] = { request: digest, made }
    return made
  }
  if (known.request === digest) return known.made
  throw new AwsError(
    'IdempotentParameterMismatch',
    'The client token you have provided is associated with a resource that is already created with different parameters. Please use a different client token.',
  )
}
