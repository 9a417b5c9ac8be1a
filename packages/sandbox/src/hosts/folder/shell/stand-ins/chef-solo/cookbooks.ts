import { posix } from 'node:path'

import type { ResolvedCommandContext } from 'just-bash'

import { unreadable } from './chef-failure.ts'
import { threeParts } from './expand-run-list.ts'

export type MachineDisk = ResolvedCommandContext['fs']

export interface Cookbook {
  folder: string
  /** As its metadata has it: the Chef Server within chef-solo compares it as text with `recipe[x@1.2]`. */
  version: string
  /** Names of cookbooks, with the versions that will do. */
  dependencies: readonly (readonly [name: string, requirement: string])[]
}

/** The cookbook in the folder of that name; undefined when there is none, or nothing in it. */
export async function readCookbook(
  disk: MachineDisk,
  paths: readonly string[],
  name: string,
): Promise<Cookbook | undefined> {
  for (const path of paths) {
    const folder = posix.join(path, name)
    if (await holdsFile(disk, folder)) return { folder, ...(await readMetadata(disk, folder)) }
  }
  return undefined
}

/** Whether the cookbook has a recipe of that name, in any of the forms that Chef 18 reads. */
export async function hasRecipe(disk: MachineDisk, { folder }: Cookbook, recipe: string): Promise<boolean> {
  for (const ending of ['rb', 'yml', 'yaml', 'json']) {
    if (await disk.exists(posix.join(folder, 'recipes', `${recipe}.${ending}`))) return true
  }
  return false
}

async function readMetadata(disk: MachineDisk, folder: string): Promise<Omit<Cookbook, 'folder'>> {
  const json = await readText(disk, posix.join(folder, 'metadata.json'))
  if (json !== undefined) return fromJson(json, folder)
  const ruby = await readText(disk, posix.join(folder, 'metadata.rb'))
  return ruby === undefined ? { version: '0.0.0', dependencies: [] } : fromRuby(ruby, folder)
}

function fromJson(text: string, folder: string): Omit<Cookbook, 'folder'> {
  try {
    const metadata = JSON.parse(text) as { version?: string; dependencies?: Record<string, string> }
    const { version = '0.0.0', dependencies = {} } = metadata
    return { version, dependencies: Object.entries(dependencies) }
  } catch {
    throw unreadable(title, `${posix.join(folder, 'metadata.json')} is no JSON`)
  }
}

/** Its literal lines only: metadata.rb is a program. */
function fromRuby(text: string, folder: string): Omit<Cookbook, 'folder'> {
  if (!/^\s*name[\s(]/m.test(text)) {
    throw unreadable(
      title,
      `Cookbook loaded at path [${folder}] has invalid metadata: The \`name' attribute is required in cookbook metadata`,
    )
  }
  const version = /^\s*version[\s(]+['"]([^'"]+)['"]/m.exec(text)?.[1] ?? '0.0.0'
  const lines = text.matchAll(/^\s*depends[\s(]+['"]([^'"]+)['"](?:\s*,\s*['"]([^'"]+)['"])?/gm)
  const dependencies = [...lines].map(
    ([, name = '', requirement = '>= 0.0.0']) => [name, requirement] as const,
  )
  return { version, dependencies }
}

/** `x (1.2.0)`, as Chef names what it has fetched. */
export function cookbookText(name: string, { version }: Cookbook): string {
  return `${name} (${threeParts(version)})`
}

const title = 'Error Resolving Cookbooks for Run List:'

async function holdsFile(disk: MachineDisk, folder: string): Promise<boolean> {
  const names = await disk.readdir(folder).catch(() => [])
  for (const name of names) {
    const path = posix.join(folder, name)
    if (!(await disk.stat(path)).isDirectory || (await holdsFile(disk, path))) return true
  }
  return false
}

/** Undefined when there is no such file. */
export async function readText(disk: MachineDisk, path: string): Promise<string | undefined> {
  return (await disk.exists(path)) ? disk.readFile(path) : undefined
}
