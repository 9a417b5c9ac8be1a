import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { describe } from 'vitest'

export const checkout = join(import.meta.dirname, '../../..')
const unpacked = join(checkout, '.tools')

const places = {
  packer: join(unpacked, 'debian/usr/bin/packer'),
  shellcheck: join(unpacked, 'debian/usr/bin/shellcheck'),
  strace: join(unpacked, 'debian/usr/bin/strace'),
  'chef-solo': join(unpacked, 'chef/bin/chef-solo'),
  'chef-client': join(unpacked, 'chef/bin/chef-client'),
  'chef-zero': join(unpacked, 'chef/bin/chef-zero'),
  goiardi: join(unpacked, 'debian/usr/bin/goiardi'),
  'node-22': join(unpacked, 'node-22/node_modules/node/bin/node'),
  'node-24': join(unpacked, 'node-24/node_modules/node/bin/node'),
}

export type Tool = keyof typeof places

/** Where the tool is: unpacked by setup:tools, or the user's own; undefined when it is missing. */
function find(tool: Tool): string | undefined {
  if (existsSync(places[tool])) return places[tool]
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, tool)).find((path) => existsSync(path))
}

/**
 * Tests against a real program. Where it is missing they are skipped and say so by name; with REQUIRE_TOOLS=1 they
 * fail.
 */
export function describeWith(tool: Tool, name: string, tests: (program: string) => void): void {
  const program = find(tool)
  if (program !== undefined) describe(name, () => tests(program))
  else if (process.env['REQUIRE_TOOLS'] === '1') throw new Error(`${tool} is missing: npm run setup:tools`)
  else describe.skip(`${name} (${tool} is missing: npm run setup:tools)`, () => tests(tool))
}

/** The environment in which Chef finds the gems of the tests, and only those. */
export function chefEnvironment(): NodeJS.ProcessEnv {
  const gems = join(unpacked, 'chef')
  return { ...process.env, GEM_HOME: gems, GEM_PATH: gems, CHEF_LICENSE: 'accept-no-persist' }
}

/** `packer validate`: its complaints, or nothing. */
export function packerComplaints(packer: string, folder: string, template: string): string {
  const { status, stdout, stderr } = spawnSync(packer, ['validate', template], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1', PACKER_CACHE_DIR: join(folder, '.package/packer-cache') },
  })
  return status === 0 ? '' : stdout + stderr || `exit code ${String(status)}`
}
