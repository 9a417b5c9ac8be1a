export interface KeyPair {
  keyPairId: string
  name: string
  type: 'rsa' | 'ed25519'
  fingerprint: string
  /** A line of authorized_keys. */
  publicKey: string
  createdAt: number
}
