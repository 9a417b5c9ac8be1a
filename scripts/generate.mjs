// Writes the code that is made from data: the validator of nodes.json, and the precompiled templates. Compiling
// either at run time would cost more than everything else the tool does at its start.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const core = join(root, 'packages/core')
const templates = join(root, 'packages/templates')

/** The generated code is CommonJS calls inside an ES module; bundling makes it a module that stands alone. */
async function writeValidator() {
  const require = createRequire(join(core, 'package.json'))
  const { default: Ajv } = require('ajv')
  const { default: standaloneCode } = require('ajv/dist/standalone')
  const schema = JSON.parse(readFileSync(join(core, 'nodes.schema.json'), 'utf8'))
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    code: { source: true, esm: true },
  })
  const folder = join(core, 'src/groups/generated')
  mkdirSync(folder, { recursive: true })
  await build({
    stdin: { contents: standaloneCode(ajv, ajv.compile(schema)), resolveDir: core },
    outfile: join(folder, 'validate-nodes.js'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  })
  const types = [
    "import type { ErrorObject } from 'ajv'",
    'declare const validateNodes: { (value: unknown): boolean; errors?: ErrorObject[] | null }',
    'export default validateNodes',
  ]
  writeFileSync(join(folder, 'validate-nodes.d.ts'), `${types.join('\n')}\n`)
}

function writeTemplates() {
  const handlebars = createRequire(join(templates, 'package.json'))('handlebars')
  const names = readdirSync(join(templates, 'src')).filter((name) => name.endsWith('.hbs'))
  const entries = names.map((name) => {
    const source = readFileSync(join(templates, 'src', name), 'utf8')
    const compiled = handlebars.precompile(source, {
      strict: true,
      noEscape: true,
      knownHelpers: { json: true },
    })
    return `  ${JSON.stringify(name.replace(/\.hbs$/, ''))}: ${compiled},`
  })
  const folder = join(templates, 'src/generated')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'templates.js'), `export const precompiled = {\n${entries.join('\n')}\n}\n`)
  const keys = names.map((name) => JSON.stringify(name.replace(/\.hbs$/, ''))).join(' | ')
  writeFileSync(
    join(folder, 'templates.d.ts'),
    `export declare const precompiled: Readonly<Record<${keys}, object>>\n`,
  )
}

export async function generate() {
  await writeValidator()
  writeTemplates()
}
