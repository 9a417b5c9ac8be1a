// Bundles the CLI into packages/cli/dist: one file for the start of every action, further ones for what only some
// need. Nothing of node_modules is left to load at run time, and nothing to install with the package.
import { copyFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

import { build } from 'esbuild'

import { generate } from './generate.mjs'
import { writeThirdPartyNotices } from './third-party-notices.mjs'

const root = join(import.meta.dirname, '..')
const cli = join(root, 'packages/cli')
const dist = join(cli, 'dist')

await generate()
rmSync(dist, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: [join(cli, 'src/package.ts')],
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  // yargs is an ES module that still asks for `require`.
  banner: {
    js: "import { createRequire as __require } from 'node:module'; const require = __require(import.meta.url);",
  },
})
// npm packs only what lies in the package's own folder.
for (const path of ['packages/core/nodes.schema.json', 'README.md', 'LICENSE']) {
  copyFileSync(join(root, path), join(cli, basename(path)))
}
writeThirdPartyNotices(metafile, join(dist, 'THIRD-PARTY-NOTICES.txt'))
