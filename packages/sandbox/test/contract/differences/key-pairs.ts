import { apiPage, errorCodes } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

const tags = '"Tags":[{"Key":"group","Value":"bee"}]'

export const keyPairDifferences: Difference[] = [
  {
    at: ['imported key pairs: import'],
    sandbox: `{"KeyName":"bee","KeyFingerprint":"0cbER+DqoztlE8rcegfxAI7r95Jzu8NEWOB1ry/yecs=",${tags}}`,
    moto: `{"KeyName":"bee","KeyFingerprint":"bd:76:5d:76:b3:21:68:cb:2a:b0:7b:aa:0c:18:e6:0f:8b:01:f4:1a:fc:86:6a:21:6a:5b:61:aa:6d:d7:b0:e8",${tags}}`,
    right: 'sandbox',
    aws: 'For ED25519 key pairs, the key fingerprint is the base64-encoded SHA-256 digest, which is the default for OpenSSH, starting with OpenSSH 6.8.',
    page: apiPage('ImportKeyPair'),
  },
  {
    at: ['imported key pairs: import what is no key'],
    sandbox: 'InvalidKey.Format',
    moto: 'Error',
    right: 'sandbox',
    aws: 'InvalidKey.Format: The key pair is not specified in a valid OpenSSH public key format. (moto answers with an internal error.)',
    page: errorCodes,
  },
]
