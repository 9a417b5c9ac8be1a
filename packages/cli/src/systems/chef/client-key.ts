import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'

import { PackageError } from '@package/core/errors'

/** The RSA private key in a file. Throws PackageError (config) where there is none, or one that others can read, as ssh refuses it. */
export function readClientKey(path: string): KeyObject {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw keyError(`there is no key ${path}`, 'see chef_server.key_path, or client_key')
  if (!stat.isFile()) throw keyError(`${path} is not a regular file`, 'name the key file itself')
  return keyInFile(readOwnFile(path), path)
}

/** The key in the text of a file. Throws PackageError (config) as readClientKey does: that others can read it is no matter of a file without a key. */
export function keyInFile(pem: string, path: string): KeyObject {
  const key = parseClientKey(pem, path)
  refuseReadable(path)
  return key
}

/** Of a PEM text (PKCS#1 or PKCS#8) that `source` holds. Throws PackageError (config) for anything else. */
function parseClientKey(pem: string, source: string): KeyObject {
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

function refuseReadable(path: string): void {
  const { mode } = statSync(path)
  if (process.platform === 'win32' || (mode & 0o077) === 0) return
  const octal = (mode & 0o777).toString(8)
  throw keyError(`others can read the key in ${path} (mode ${octal})`, `chmod 600 ${path}`)
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
