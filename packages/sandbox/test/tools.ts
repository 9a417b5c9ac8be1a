import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { describe } from 'vitest'

/** Where `npm run setup:tools` unpacks. */
const unpacked = join(import.meta.dirname, '../../../.tools')

/** Each tool, and where it is, in the version that the tests were written for; undefined when it is missing. */
const tools = {
  aws: () => onPath('aws'),
  boto3: () => (pythonHas('boto3') ? 'boto3' : undefined),
  moto: () => (pythonHas('moto.server') && isOfLine('moto', '5.2') ? 'moto' : undefined),
  packer: () => existing(join(unpacked, 'debian/usr/bin/packer')) ?? onPath('packer'),
  'chef-solo': () => existing(join(unpacked, 'chef/bin/chef-solo')),
}

function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path))
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined
}

/** The environment in which Chef finds the gems of the tests, and only those. */
export function chefEnvironment(): NodeJS.ProcessEnv {
  const gems = join(unpacked, 'chef')
  return { ...process.env, GEM_HOME: gems, GEM_PATH: gems, CHEF_LICENSE: 'accept-no-persist' }
}

function pythonHas(module: string): boolean {
  return pythonSays(`importlib.util.find_spec('${module}') is not None`)
}

/** Another line answers otherwise. */
function isOfLine(distribution: string, line: string): boolean {
  return pythonSays(`importlib.metadata.version('${distribution}').startswith('${line}.')`)
}

function pythonSays(condition: string): boolean {
  const look = `import importlib.metadata, importlib.util, sys; sys.exit(not (${condition}))`
  return spawnSync('python3', ['-c', look], { stdio: 'ignore' }).status === 0
}

/**
 * Tests against a real program. Where it is missing they are skipped and say so by name; with REQUIRE_TOOLS=1 they
 * fail.
 */
export function describeWith(tool: keyof typeof tools, name: string, tests: (program: string) => void): void {
  const program = tools[tool]()
  if (program !== undefined) describe(name, () => tests(program))
  else if (process.env['REQUIRE_TOOLS'] === '1') throw new Error(`${tool} is missing, or of another version`)
  else describe.skip(`${name} (${tool} is missing)`, () => tests(tool))
}
