// Bundles the CLI into packages/cli/dist: one file for the start of every action, further ones for what only some
// need. Nothing of node_modules is left to load at run time, and nothing to install with the package. CommonJS, which
// Node 20 starts a tenth faster than ES modules, and which can be started from V8's code cache.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'

import { rolldown } from 'rolldown'

import { generate } from './generate.mjs'
import { writeThirdPartyNotices } from './third-party-notices.mjs'

const root = join(import.meta.dirname, '..')
const cli = join(root, 'packages/cli')
// Built beside its place and moved there whole: commands that start meanwhile find the old one or the new one.
const finished = join(cli, 'dist')
const dist = join(cli, `dist-new-${process.pid}`)

/**
 * The SDK describes every operation of a service in one table of constants, which a bundler keeps whole: it cannot know that
 * making an array has no effect. Said so, only what is used stays (aws-sdk-js-v3 #7607): 0.1 MB of EC2's 1.3.
 */
const pureTables = {
  name: 'pure-tables',
  transform: {
    filter: { id: /client-[a-z0-9-]+[/\\\\]dist-es[/\\\\]schemas[/\\\\]/ },
    handler: (code) =>
      code.replaceAll(/^(export var \S+ = )(\[[^]*?\]);$/gm, '$1/* @__PURE__ */ (() => $2)();'),
  },
}

/**
 * ssh2 knows its sessions by the name of their class, which minifying changes: a client that leaves before it has asked for anything
 * would then end the whole process.
 */
const namedSession = {
  name: 'named-session',
  transform: {
    filter: { id: /ssh2[/\\]lib[/\\]server\.js$/ },
    handler(code) {
      const named = code.replace(
        'class Session extends EventEmitter {',
        "$& static get name() { return 'Session' }",
      )
      if (named === code) throw new Error('ssh2 has no class Session any more: scripts/build.mjs')
      return named
    },
  },
}

await generate()
writeThirdPartyNotices(await writeBundle(), join(dist, 'THIRD-PARTY-NOTICES.txt'))
await writeCodeCache()
rmSync(finished, { recursive: true, force: true })
renameSync(dist, finished)
// npm packs only what lies in the package's own folder.
for (const path of ['packages/core/nodes.schema.json', 'README.md', 'LICENSE']) {
  copyFileSync(join(root, path), join(cli, basename(path)))
}

async function writeBundle() {
  const bundle = await rolldown({
    input: join(cli, 'src/run.ts'),
    platform: 'node',
    plugins: [pureTables, namedSession],
    // Compiled parts that ssh2 and just-bash go without where they are missing, and they always are: nothing is compiled here.
    external: ['cpu-features', /\.node$/, '@mongodb-js/zstd', 'node-liblzma'],
    resolve: { mainFields: ['module', 'main'] },
    // Of yargs only, which looks for translations beside itself, and for settings that a project may extend.
    transform: { define: { 'import.meta.dirname': '__dirname', 'import.meta.resolve': 'undefined' } },
  })
  const names = { entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' }
  // Scripts that package.cjs runs by node:vm cannot import; what is still imported are Node's own modules.
  const { output } = await bundle.generate({
    ...names,
    format: 'cjs',
    dynamicImportInCjs: false,
    minify: true,
  })
  mkdirSync(dist)
  for (const { fileName, code } of output) writeFileSync(join(dist, fileName), asciiOnly(code))
  return output
}

/** All text stands in strings and patterns, where an escape means the same. */
function asciiOnly(code) {
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * Runs what people run most, and keeps what V8 compiled for it. What an earlier command has kept stays as it is, so that the start
 * of every action holds no more than it needs. The launcher comes last: with it, the build is done.
 */
async function writeCodeCache() {
  const scratch = mkdtempSync(join(tmpdir(), 'package-build-'))
  cpSync(join(root, 'nodes.json'), join(scratch, 'nodes.json'))
  const launcher = join(dist, 'package.cjs')
  copyFileSync(join(cli, 'src/package.cjs'), launcher)
  const words = (...action) => [launcher, ...action, '-C', scratch]
  const run = (environment, ...action) => runOnce(words(...action), environment)
  run({}, 'role:create')
  run({ PACKAGE_SANDBOX: '1' }, 'instance:list')
  const server = spawn(process.execPath, words('sandbox:serve', '--port', '0', '--output', 'json'))
  const AWS_ENDPOINT_URL = await servedAt(server)
  const credentials = { AWS_ACCESS_KEY_ID: 'build', AWS_SECRET_ACCESS_KEY: 'build' }
  run({ AWS_ENDPOINT_URL, PACKAGE_SANDBOX: '', ...credentials }, 'instance:list')
  server.kill()
  await once(server, 'exit')
  rmSync(scratch, { recursive: true, force: true })
}

async function servedAt(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const { code, data } = JSON.parse(line)
    if (code === 'SERVING') return data.url
  }
  throw new Error('the built CLI does not serve its sandbox')
}

function runOnce(words, environment) {
  const { status, stderr } = spawnSync(process.execPath, words, {
    env: { ...process.env, ...environment, PACKAGE_WRITE_CODE_CACHE: '1' },
    encoding: 'utf8',
  })
  // Node quotes the line that fails, which in a bundle is all of it.
  if (status !== 0) throw new Error(`the built CLI does not run: ${stderr.slice(-2000)}`)
}
