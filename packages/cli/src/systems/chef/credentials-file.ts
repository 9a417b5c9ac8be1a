import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { PackageError } from '@package/core/errors'
import { isJsonObject } from '@package/core/groups/json'

/** What a profile of Chef's own ~/.chef/credentials gives. */
export interface ChefCredentials {
  url?: string
  clientName?: string
  /** A path, from ~/.chef, or the key itself. */
  key?: string
  path: string
}

/**
 * The profile that CHEF_PROFILE names, else ~/.chef/context, else `default`, as Chef's own tools choose it. Throws PackageError (config)
 * for a file that is no TOML, and for a profile that was chosen and is not in it.
 */
export async function readCredentials(
  home: string,
  profileOfEnvironment: string | undefined,
): Promise<ChefCredentials> {
  const path = join(home, '.chef/credentials')
  const profile = profileOfEnvironment ?? (textOf(join(home, '.chef/context'))?.trim() || 'default')
  const text = textOf(path)
  const profiles = text === undefined ? {} : await parsed(path, text)
  const members = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined
  if (!isJsonObject(members)) {
    if (profile === 'default') return { path }
    throw credentialsError(
      `${path} has no profile ${JSON.stringify(profile)}`,
      'correct CHEF_PROFILE or ~/.chef/context',
    )
  }
  const url = members['chef_server_url']
  const clientName = members['client_name'] ?? members['node_name']
  const key = members['client_key']
  return {
    path,
    ...(typeof url === 'string' && { url }),
    ...(typeof clientName === 'string' && { clientName }),
    ...(typeof key === 'string' && { key }),
  }
}

async function parsed(path: string, text: string): Promise<Record<string, unknown>> {
  const { parse, TomlError } = await import('smol-toml')
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // The error's own text quotes the line, which may hold a key.
    const place = `line ${String(error.line)}, column ${String(error.column)}`
    throw credentialsError(
      `${path} is not valid TOML (${place})`,
      'texts stand in quotes: client_name = "alice"',
    )
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR'].includes(code)) return undefined
    throw credentialsError(`${path} cannot be read (${code})`, 'check who owns the file')
  }
}

function credentialsError(message: string, hint: string): PackageError {
  return new PackageError('config', 'CHEF_CREDENTIALS', message, { hint })
}
