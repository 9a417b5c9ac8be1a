import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

import { PackageError } from '@package/core/errors'

/** The public half of a private key file, as the Shell port describes it. */
export async function publicKeyOf(keyPath: string): Promise<string> {
  checkKeyFile(keyPath)
  // Without a terminal and with an empty passphrase, ssh-keygen cannot stop to ask for one.
  const { exit, out } = await captured('ssh-keygen', ['-y', '-P', '', '-f', keyPath])
  const line = exit === 0 ? out : besideIt(keyPath)
  const [algorithm, data] = (line ?? '').trim().split(/\s+/)
  if (algorithm !== undefined && data !== undefined) return `${algorithm} ${data}`
  throw keyError(
    `${keyPath} is no private key that can be read, or it has a passphrase`,
    `of a key with a passphrase, the public half must lie beside it: ssh-keygen -y -f ${keyPath} > ${keyPath}.pub`,
  )
}

/** Refuses what ssh would refuse, before anything is launched. */
export function checkKeyFile(keyPath: string): void {
  if (keyPath.endsWith('.pub')) {
    throw keyError(
      `${keyPath} is the public half of a key`,
      `name the private key: --key ${keyPath.slice(0, -4)}`,
    )
  }
  const stat = statSync(keyPath, { throwIfNoEntry: false })
  if (stat === undefined) throw keyError(`there is no key ${keyPath}`, 'ssh-keygen -t ed25519 makes one')
  if (!stat.isFile()) throw keyError(`${keyPath} is not a regular file`, 'name the private key file itself')
  if ((stat.mode & 0o077) !== 0) {
    const mode = (stat.mode & 0o777).toString(8)
    throw keyError(
      `others can read the key ${keyPath} (mode ${mode}): ssh refuses it`,
      `chmod 600 ${keyPath}`,
    )
  }
  const me = process.getuid?.()
  if (me !== undefined && me !== 0 && stat.uid !== me) {
    throw keyError(`the key ${keyPath} belongs to another user`, 'use a key of your own')
  }
}

function besideIt(keyPath: string): string | undefined {
  try {
    return readFileSync(`${keyPath}.pub`, 'utf8')
  } catch {
    return undefined
  }
}

function captured(program: string, words: readonly string[]): Promise<{ exit: number; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'] })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.once('error', (cause) =>
      reject(keyError(`${program} cannot be started: ${cause.message}`, 'install the OpenSSH client')),
    )
    child.once('close', (code) => resolve({ exit: code ?? 255, out }))
  })
}

function keyError(message: string, hint: string): PackageError {
  return new PackageError('config', 'KEY_FILE', message, { hint })
}
