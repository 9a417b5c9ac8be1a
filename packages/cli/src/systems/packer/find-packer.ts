import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

import { PackageError } from '@package/core/errors'

import {
  hasAmazonPlugin,
  isTooOld,
  leastVersion,
  needsAmazonPlugin,
  packerVersion,
} from './packer-version.ts'

export interface FoundPacker {
  program: string
  version: string
}

/** In milliseconds: another program of that name may wait for something. */
const longestAnswer = 20_000

const installPage = 'https://developer.hashicorp.com/packer/install'

/** The checkout that this file, or the bundle that it is in, belongs to; an installed package has none. */
export function ownCheckout(): string | undefined {
  const folder = `${import.meta.dirname}/`
  const end = folder.lastIndexOf('/packages/cli/')
  return end === -1 ? undefined : folder.slice(0, end)
}

/**
 * HashiCorp's Packer on PATH, else the one that setup:tools has unpacked in the checkout. Throws PackageError (config) where
 * there is none, only one that is too old, or one without its Amazon plugin.
 */
export async function findPacker(
  environment: NodeJS.ProcessEnv,
  checkout: string | undefined,
): Promise<FoundPacker> {
  let tooOld: FoundPacker | undefined
  for (const program of places(environment['PATH'], checkout)) {
    const version = packerVersion(await outputOf(program, ['version'], environment))
    if (version === undefined) continue
    if (isTooOld(version)) tooOld ??= { program, version }
    else {
      await checkPlugin({ program, version }, environment)
      return { program, version }
    }
  }
  throw tooOld === undefined ? missing(checkout) : old(tooOld, checkout)
}

function places(path: string | undefined, checkout: string | undefined): string[] {
  // An empty or relative entry would mean another program in every folder.
  const folders = (path ?? '').split(delimiter).filter(isAbsolute)
  const unpacked = checkout === undefined ? [] : [join(checkout, '.tools/debian/usr/bin')]
  return [...folders, ...unpacked].map((folder) => join(folder, 'packer')).filter(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function checkPlugin({ program, version }: FoundPacker, environment: NodeJS.ProcessEnv): Promise<void> {
  if (!needsAmazonPlugin(version)) return
  if (hasAmazonPlugin(await outputOf(program, ['plugins', 'installed'], environment))) return
  throw new PackageError(
    'config',
    'PACKER_PLUGIN_MISSING',
    `packer ${version} has no Amazon plugin, which it does not bundle any more`,
    { hint: 'packer plugins install github.com/hashicorp/amazon' },
  )
}

/** Nothing for a program that cannot be started. */
function outputOf(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      env: { ...environment, CHECKPOINT_DISABLE: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: longestAnswer,
    })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.once('error', () => resolve(''))
    child.once('close', () => resolve(out))
  })
}

function missing(checkout: string | undefined): PackageError {
  return new PackageError('config', 'PACKER_MISSING', 'there is no Packer on PATH', {
    hint: installCommand(checkout),
  })
}

function old({ program, version }: FoundPacker, checkout: string | undefined): PackageError {
  return new PackageError(
    'config',
    'PACKER_OLD',
    `${program} is Packer ${version}; at least ${leastVersion} is needed`,
    { hint: installCommand(checkout) },
  )
}

function installCommand(checkout: string | undefined): string {
  if (process.platform === 'darwin') return `brew install hashicorp/tap/packer; others: ${installPage}`
  const debian =
    checkout === undefined ? 'sudo apt-get install packer' : `(cd ${checkout} && npm run setup:tools)`
  return `${debian} (Debian, Ubuntu); others: ${installPage}`
}
