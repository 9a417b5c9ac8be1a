import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { describe } from 'vitest'

/** Each tool, and whether it is there. */
const tools = {
  aws: () => isOnPath('aws'),
  boto3: () => pythonHas('boto3'),
  moto: () => pythonHas('moto.server'),
}

function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, program)))
}

function pythonHas(module: string): boolean {
  const look = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${module}') is None)`
  return spawnSync('python3', ['-c', look], { stdio: 'ignore' }).status === 0
}

/**
 * Tests against a real program. Where it is missing they are skipped and say so by name; with REQUIRE_TOOLS=1 they
 * fail.
 */
export function describeWith(tool: keyof typeof tools, name: string, tests: () => void): void {
  if (tools[tool]()) describe(name, tests)
  else if (process.env['REQUIRE_TOOLS'] === '1') throw new Error(`${tool} is missing`)
  else describe.skip(`${name} (${tool} is missing)`, tests)
}
