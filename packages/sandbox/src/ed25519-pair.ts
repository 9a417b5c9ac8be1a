import type { utils } from 'ssh2'

type Generator = Pick<typeof utils, 'generateKeyPairSync'>

/** Of an ssh-ed25519 public key, as RFC 8709 lays it out: two lengths, the name, and 32 bytes of key. */
const publicKeyBytes = 4 + 'ssh-ed25519'.length + 4 + 32

/**
 * A new pair in OpenSSH's formats, by ssh2's generator. That drops the zeros that a public key may begin with, one in 256, and
 * writes a key which nothing can read: then it is asked again.
 */
export function newEd25519Pair(generator: Generator, comment = ''): { private: string; public: string } {
  for (;;) {
    const pair = generator.generateKeyPairSync('ed25519', { comment })
    const [, data = ''] = pair.public.split(' ')
    if (Buffer.from(data, 'base64').length === publicKeyBytes) return pair
  }
}
