// Bundles the CLI into packages/cli/dist: one file for the start of every action, further ones for what only some
// need. Nothing of node_modules is left to load at run time, and nothing to install with the package. CommonJS, which
// Node 20 starts a tenth faster than ES modules.
import { copyFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

import { rolldown } from 'rolldown'

import { generate } from './generate.mjs'
import { writeThirdPartyNotices } from './third-party-notices.mjs'

const root = join(import.meta.dirname, '..')
const cli = join(root, 'packages/cli')
const dist = join(cli, 'dist')

await generate()
const bundle = await rolldown({
  input: join(cli, 'src/package.ts'),
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  // Of yargs only, which looks for translations beside itself, and for settings that a project may extend.
  transform: { define: { 'import.meta.dirname': '__dirname', 'import.meta.resolve': 'undefined' } },
})
rmSync(dist, { recursive: true, force: true })
const { output } = await bundle.write({
  dir: dist,
  format: 'cjs',
  minify: true,
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
})
writeThirdPartyNotices(output, join(dist, 'THIRD-PARTY-NOTICES.txt'))

// npm packs only what lies in the package's own folder.
for (const path of ['packages/core/nodes.schema.json', 'README.md', 'LICENSE']) {
  copyFileSync(join(root, path), join(cli, basename(path)))
}
