import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { describe } from 'vitest'

/** Each tool, and whether it is there, in the version that the tests were written for. */
const tools = {
  aws: () => isOnPath('aws'),
  boto3: () => pythonHas('boto3'),
  moto: () => pythonHas('moto.server') && isOfLine('moto', '5.2'),
}

function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, program)))
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
export function describeWith(tool: keyof typeof tools, name: string, tests: () => void): void {
  if (tools[tool]()) describe(name, tests)
  else if (process.env['REQUIRE_TOOLS'] === '1') throw new Error(`${tool} is missing, or of another version`)
  else describe.skip(`${name} (${tool} is missing)`, tests)
}
