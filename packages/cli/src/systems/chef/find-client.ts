import type { KeyObject } from 'node:crypto'
import { join, resolve } from 'node:path'

import { PackageError } from '@package/core/errors'
import type { Settings } from '@package/core/groups/settings'

import { keyInFile, readClientKey } from './client-key.ts'
import { readCredentials, type ChefCredentials } from './credentials-file.ts'

/** Who asks which server. */
export interface ChefClient {
  /** Without a slash at its end. */
  url: string
  name: string
  key: KeyObject
}

export interface ClientPlaces {
  settings: Settings['chef_server']
  /** The folder of nodes.json. */
  project: string
  environment: NodeJS.ProcessEnv
  home: string
}

/**
 * The server, the client's name and its key: each from `__settings__.chef_server`, else the environment, else Chef's own
 * ~/.chef/credentials, so that a project can name the server and each person their own client. Throws PackageError (config) that names what
 * is missing or cannot be used.
 */
export async function findClient(places: ClientPlaces): Promise<ChefClient> {
  const { environment, home } = places
  const named = namedHere(places)
  const isWhole = Object.values(named).every((part) => part !== undefined)
  const credentials = isWhole
    ? undefined
    : await readCredentials(home, environment['CHEF_PROFILE'] || undefined)
  const url = named.url ?? credentials?.url
  const name = named.name ?? credentials?.clientName
  const key = named.keyPath ?? credentials?.key
  if (url === undefined || name === undefined || key === undefined) throw incomplete(url, name, key)
  const isOwn = named.keyPath === undefined && credentials !== undefined
  return {
    url: checkedUrl(url),
    name,
    key: isOwn ? keyOfCredentials(credentials, key, home) : readClientKey(key),
  }
}

/** What nodes.json or the environment name. */
function namedHere({ settings = {}, environment, project, home }: ClientPlaces) {
  const set = (name: string) => environment[name] || undefined
  return {
    url: settings.url ?? set('CHEF_SERVER_URL'),
    name: settings.client_name ?? set('CHEF_CLIENT_NAME'),
    keyPath:
      pathOfKey(settings.key_path, project, home) ?? pathOfKey(set('CHEF_CLIENT_KEY'), process.cwd(), home),
  }
}

function keyOfCredentials({ path }: ChefCredentials, key: string, home: string): KeyObject {
  const isPath = !key.trimStart().startsWith('-----BEGIN')
  if (isPath) return readClientKey(resolve(home, '.chef', underHome(key, home)))
  return keyInFile(key, path)
}

function pathOfKey(path: string | undefined, from: string, home: string): string | undefined {
  return path === undefined ? undefined : resolve(from, underHome(path, home))
}

function underHome(path: string, home: string): string {
  return path.startsWith('~/') ? join(home, path.slice(2)) : path
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '')
  throw new PackageError(
    'config',
    'CHEF_SERVER_URL',
    `${JSON.stringify(text)} is no address of a Chef Server`,
    {
      hint: 'it is like https://chef.example.com/organizations/acme',
    },
  )
}

function incomplete(
  url: string | undefined,
  name: string | undefined,
  key: string | undefined,
): PackageError {
  const missing = [
    url === undefined && 'its address (chef_server.url, CHEF_SERVER_URL or chef_server_url)',
    name === undefined && 'a client (chef_server.client_name, CHEF_CLIENT_NAME or client_name)',
    key === undefined && "the client's key (chef_server.key_path, CHEF_CLIENT_KEY or client_key)",
  ].filter((part) => part !== false)
  const text = `the Chef Server is not known: nothing names ${missing.join(', ')}`
  return new PackageError('config', 'CHEF_SERVER_MISSING', text, {
    hint: 'name them in __settings__ of nodes.json, in the environment, or in ~/.chef/credentials: docs/nodes-json.md, section 3',
  })
}
