import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { PackageError } from '@package/core/errors'

/** In bytes. A larger file is not a nodes.json, and would not fit into memory as objects. */
const largest = 64_000_000

/**
 * The project: `named` if given, otherwise the nearest folder at or above `start` that holds a nodes.json.
 * Throws PackageError (config) when there is none.
 */
export function findProject(start: string, named: string | undefined): string {
  if (named !== undefined) {
    const folder = resolve(start, named)
    if (holdsNodes(folder)) return folder
    throw noProject(`${folder} has no nodes.json`, `package project:init -C ${named}`)
  }
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (holdsNodes(folder)) return folder
    if (folder === dirname(folder)) {
      throw noProject(`there is no nodes.json in ${resolve(start)} or above it`, 'package project:init')
    }
  }
}

/** The folder that the command was started in. Throws PackageError (config) when it has been deleted since. */
export function workingFolder(): string {
  try {
    return process.cwd()
  } catch (cause) {
    throw new PackageError('config', 'NO_PROJECT', 'the working directory does not exist any more', {
      hint: 'change to a folder that exists',
      cause,
    })
  }
}

/** The text of nodes.json. Throws PackageError (config) when it cannot be read, is too large, or is not UTF-8. */
export function readNodesFile(project: string): string {
  const path = join(project, 'nodes.json')
  try {
    const { size } = checkedStat(path)
    if (size > largest) {
      throw unreadable(
        path,
        `is ${String(Math.ceil(size / 1_000_000))} MB; the limit is ${String(largest / 1_000_000)} MB`,
      )
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    if (text.trim() === '') {
      throw unreadable(path, 'is empty', 'write {} to start with, or package project:init in a new folder')
    }
    return text
  } catch (error) {
    if (error instanceof PackageError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw unreadable(path, 'is not UTF-8 text', 'save it as UTF-8')
    }
    throw unreadable(
      path,
      `cannot be read (${code ?? String(error)})`,
      code === 'EACCES' ? `chmod u+r ${path}` : undefined,
    )
  }
}

/** Also for a link that leads nowhere: the file is meant to be there, and reading it says what is wrong. */
function holdsNodes(folder: string): boolean {
  const path = join(folder, 'nodes.json')
  return existsSync(path) || isLink(path)
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

function checkedStat(path: string) {
  const stat = statSync(path)
  if (stat.isDirectory()) throw unreadable(path, 'is a folder, not a file')
  if (!stat.isFile()) throw unreadable(path, 'is not a regular file')
  return stat
}

function noProject(message: string, hint: string): PackageError {
  return new PackageError('config', 'NO_PROJECT', message, { hint })
}

function unreadable(path: string, reason: string, hint?: string): PackageError {
  return new PackageError(
    'config',
    'NODES_UNREADABLE',
    `${path} ${reason}`,
    hint === undefined ? {} : { hint },
  )
}
