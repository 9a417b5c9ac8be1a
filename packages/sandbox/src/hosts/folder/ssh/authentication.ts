import { createHash, timingSafeEqual } from 'node:crypto'

import ssh2, { type AuthContext, type ParsedKey, type PublicKeyAuthContext } from 'ssh2'

import type { Machine } from '../../hosts.ts'

/** Answers one request of a client to log in: only as the machine's user, and only with one of its keys. */
export function authenticate(context: AuthContext, machine: Machine): void {
  if (context.method !== 'publickey') return context.reject(['publickey'])
  const key = authorizedKey(context, machine.authorizedKeys)
  const isUser = isSame(Buffer.from(context.username), Buffer.from(machine.user))
  if (!key || !isUser) return context.reject(['publickey'])
  if (context.signature === undefined) return context.accept()
  const { blob, signature, hashAlgo } = context
  // An Error where it cannot be verified, whatever its type says.
  const verified: unknown = blob !== undefined && key.verify(blob, signature, hashAlgo)
  if (verified !== true) return context.reject(['publickey'])
  context.accept()
}

function authorizedKey(context: PublicKeyAuthContext, lines: readonly string[]): ParsedKey | undefined {
  const { key } = context
  const known = lines
    .map(parsedKey)
    .find((parsed) => parsed?.type === key.algo && isSame(parsed.getPublicSSH(), key.data))
  // ssh2 answers with the key's type where RFC 4252 wants the name that was asked about. With RSA they differ, and a
  // client may take that for a refusal.
  if (key.algo === 'ssh-rsa' && context.hashAlgo !== undefined) {
    key.algo = `rsa-sha2-${context.hashAlgo.slice('sha'.length)}`
  }
  return known
}

function parsedKey(line: string): ParsedKey | undefined {
  const key = ssh2.utils.parseKey(line)
  return key instanceof Error ? undefined : key
}

/** Takes equally long whatever differs, the length included. */
function isSame(one: Buffer, other: Buffer): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

function digest(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}
