import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'

import ssh2 from 'ssh2'

import { newEd25519Pair } from '../../ed25519-pair.ts'
import { AwsError } from '../../aws-error.ts'

type KeyType = 'rsa' | 'ed25519'

/** Reads a public key as ImportKeyPair takes it: a line of authorized_keys. Throws AwsError (InvalidKey.Format). */
export function readPublicKey(material: string): { type: KeyType; publicKey: string } {
  const [algorithm, data] = material.trim().split(/\s+/)
  const type = algorithm === 'ssh-rsa' ? 'rsa' : algorithm === 'ssh-ed25519' ? 'ed25519' : undefined
  if (type === undefined || data === undefined || ssh2.utils.parseKey(material.trim()) instanceof Error) {
    throw new AwsError('InvalidKey.Format', 'Key is not in valid OpenSSH public key format')
  }
  return { type, publicKey: `${String(algorithm)} ${data}` }
}

/** A new key as CreateKeyPair gives it: RSA in PKCS#1 PEM, ED25519 in OpenSSH's format. */
export function newPrivateKey(type: KeyType): { privateKey: string; publicKey: string } {
  if (type === 'ed25519') {
    const { private: privateKey, public: publicKey } = newEd25519Pair(ssh2.utils)
    return { privateKey, publicKey: publicKey.trim() }
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const parsed = ssh2.utils.parseKey(pem)
  if (parsed instanceof Error) throw parsed
  return { privateKey: pem, publicKey: `ssh-rsa ${parsed.getPublicSSH().toString('base64')}` }
}

interface FingerprintedKey {
  type: KeyType
  publicKey: string
  origin: 'created' | 'imported'
  /** Of a created RSA key. */
  privateKey?: string
}

/**
 * The fingerprint that EC2 shows: of ED25519 the SHA-256 of the public key; of RSA the SHA-1 of the private key where EC2
 * made it, and the MD5 of the public key where it was imported (EC2 User Guide, "Verify the fingerprint of your key pair").
 */
export function fingerprintOf({ type, publicKey, origin, privateKey }: FingerprintedKey): string {
  if (type === 'ed25519') {
    const [, data = ''] = publicKey.split(' ')
    return createHash('sha256').update(Buffer.from(data, 'base64')).digest('base64')
  }
  if (origin === 'created' && privateKey !== undefined) {
    const der = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' })
    return colons(createHash('sha1').update(der).digest('hex'))
  }
  const der = rsaPublicKey(publicKey).export({ type: 'spki', format: 'der' })
  return colons(createHash('md5').update(der).digest('hex'))
}

function rsaPublicKey(publicKey: string): KeyObject {
  const parsed = ssh2.utils.parseKey(publicKey)
  if (parsed instanceof Error) throw parsed
  return createPublicKey(parsed.getPublicPEM())
}

function colons(hex: string): string {
  return hex.replaceAll(/..(?!$)/g, '$&:')
}
