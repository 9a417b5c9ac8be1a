import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'

import { PackageError } from '@package/core/errors'

/** The RSA private key in a file. Throws PackageError (config) where there is none, or one that others can read, as ssh refuses it. */
export function readClientKey(path: string): KeyObject {
  refuseReadable(path)
  return parseClientKey(readOwnFile(path), path)
}

/** The key in a PEM text (PKCS#1 or PKCS#8) that `source` holds. Throws PackageError (config) for anything else. */
export function parseClientKey(pem: string, source: string): KeyObject {
  if (pem.includes('ENCRYPTED')) {
    throw keyError(`the key in ${source} has a passphrase`, 'Chef has no such keys; take one without')
  }
  const key = privateKeyIn(pem)
  if (key === undefined) {
    throw keyError(`${source} holds no private key in PEM`, 'it begins with -----BEGIN RSA PRIVATE KEY-----')
  }
  if (key.asymmetricKeyType === 'rsa') return key
  const kind = key.asymmetricKeyType ?? 'unknown'
  throw keyError(`the key in ${source} is of kind ${kind}`, 'Chef Servers know RSA keys only')
}

/** Without the error, whose text could quote the key. */
function privateKeyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

/** Throws PackageError (config) for a file that is missing or that others can read. */
export function refuseReadable(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw keyError(`there is no key ${path}`, 'see chef_server.key_path, or client_key')
  if (!stat.isFile()) throw keyError(`${path} is not a regular file`, 'name the key file itself')
  if (process.platform === 'win32' || (stat.mode & 0o077) === 0) return
  const mode = (stat.mode & 0o777).toString(8)
  throw keyError(`others can read the key in ${path} (mode ${mode})`, `chmod 600 ${path}`)
}

function readOwnFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw keyError(`the key ${path} cannot be read (${code})`, 'check who owns the file')
  }
}

function keyError(message: string, hint: string): PackageError {
  return new PackageError('config', 'CHEF_KEY', message, { hint })
}
