import { createHash } from 'node:crypto'

import { newEd25519Pair } from '../../../ed25519-pair.ts'

export interface HostKey {
  /** In OpenSSH's format. */
  privateKey: string
  /** As a line of a `.pub` file, with `root@<host>` as comment. */
  publicKey: string
}

/** Makes the ed25519 key by which a host is known. */
export async function newHostKey(host: string): Promise<HostKey> {
  const { utils } = (await import('ssh2')).default
  const pair = newEd25519Pair(utils, `root@${host}`)
  return { privateKey: pair.private, publicKey: pair.public }
}

/** As `ssh-keygen -l` prints it: `256 SHA256:… root@ip-172-31-0-12 (ED25519)`. */
export function fingerprintLine(publicKey: string): string {
  const [, blob = '', comment = ''] = publicKey.split(' ')
  const digest = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64')
  return `256 SHA256:${digest.replace(/=+$/, '')} ${comment} (ED25519)`
}
