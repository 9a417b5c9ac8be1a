import type { Tags } from './tags.ts'

export interface KeyPair {
  id: string
  name: string
  /** A line of authorized_keys. AWS does not keep that of a key pair that it has not made or imported lately. */
  publicKey?: string
  tags: Tags
}

export interface KeyPairs {
  keyPair(name: string): Promise<KeyPair | undefined>
  keyPairs(tags: Tags): Promise<KeyPair[]>
  /** `*` in the pattern stands for any characters. */
  keyPairsNamed(pattern: string): Promise<KeyPair[]>
  importKeyPair(name: string, publicKey: string, tags: Tags): Promise<void>
  /** Done also when it does not exist any more. */
  deleteKeyPair(id: string): Promise<void>
}
