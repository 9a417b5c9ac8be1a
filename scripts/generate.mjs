// Writes the code that is made from data: the validator of nodes.json, and the precompiled templates. Compiling
// either at run time would cost more than everything else the tool does at its start.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { rolldown } from 'rolldown'

const root = join(import.meta.dirname, '..')
const core = join(root, 'packages/core')
const templates = join(root, 'packages/templates')

/**
 * Two validators of one schema: a small one that only says whether nodes.json is valid, which every action loads, and
 * one that finds every problem and carries the schema along, which is loaded once there is one to find.
 */
async function writeValidators() {
  const isValid = { name: 'is-valid-nodes', options: { messages: false } }
  const problems = { name: 'find-schema-problems', options: { allErrors: true, verbose: true } }
  await Promise.all([isValid, problems].map(writeValidator))
}

/** The generated code is CommonJS calls inside an ES module; bundling makes it a module that stands alone. */
async function writeValidator({ name, options }) {
  const require = createRequire(join(core, 'package.json'))
  const { default: Ajv } = require('ajv')
  const { default: standaloneCode } = require('ajv/dist/standalone')
  const schema = JSON.parse(readFileSync(join(core, 'nodes.schema.json'), 'utf8'))
  const code = { source: true, esm: true }
  const ajv = new Ajv({ ...options, allowUnionTypes: true, strictTypes: false, code })
  const folder = join(core, 'src/groups/generated')
  mkdirSync(folder, { recursive: true })
  const input = join(folder, `${name}.standalone-${process.pid}.js`)
  writeFileSync(input, standaloneCode(ajv, ajv.compile(schema)))
  const bundle = await rolldown({ input, platform: 'node' })
  await bundle.write({ file: join(folder, `${name}.js`), format: 'esm' })
  rmSync(input)
  const types = [
    "import type { ErrorObject } from 'ajv'",
    'declare const validate: { (value: unknown): boolean; errors?: ErrorObject[] | null }',
    'export default validate',
  ]
  writeFileSync(join(folder, `${name}.d.ts`), `${types.join('\n')}\n`)
}

function writeTemplates() {
  const handlebars = createRequire(join(templates, 'package.json'))('handlebars')
  const names = readdirSync(join(templates, 'src')).filter((name) => name.endsWith('.hbs'))
  const entries = names.map((name) => {
    const source = readFileSync(join(templates, 'src', name), 'utf8')
    const compiled = handlebars.precompile(source, {
      strict: true,
      noEscape: true,
      knownHelpers: { json: true, sh: true },
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
  await writeValidators()
  writeTemplates()
}
