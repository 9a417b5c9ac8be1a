// The real Packer: what packer:run adds to a bare `packer build` of the very template that it derives, on the same served sandbox.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { interleaved } from './measure.mjs'
import { line, milliseconds } from './report.mjs'
import { serveSandbox } from './start-server.mjs'

const node = process.execPath
const cli = join(import.meta.dirname, '../packages/cli/dist/package.cjs')

/** In milliseconds; or a tenth of the build, whichever is more. */
const allowed = 500

const nodes = {
  __settings__: { project: 'bench' },
  bench: {
    region: 'us-east-1',
    instance_type: 't3.micro',
    ssh_username: 'ubuntu',
    source_ami: { owner: '099720109477', name: 'ubuntu/images/*/ubuntu-noble-24.04-amd64-server-*' },
    autoscale: false,
    run_list: ['recipe[bench]'],
  },
}

function project() {
  const folder = mkdtempSync(join(tmpdir(), 'package-bench-packer-'))
  writeFileSync(join(folder, 'nodes.json'), JSON.stringify(nodes))
  mkdirSync(join(folder, 'cookbooks/bench/recipes'), { recursive: true })
  writeFileSync(join(folder, 'cookbooks/bench/metadata.rb'), "name 'bench'\nversion '1.0.0'\n")
  writeFileSync(join(folder, 'cookbooks/bench/recipes/default.rb'), '')
  return folder
}

/** The template that packer:run derives, once more, under names of its own for what must not be there twice. */
function bareTemplate(folder, packer, ours) {
  // Packer is given it last, and it does not outlive the build.
  const keep = '[ "$1" != build ] || for last; do cp "$last" derived.json 2> /dev/null || true; done'
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/packer'), `#!/bin/sh\n${keep}\nexec '${packer}' "$@"\n`)
  chmodSync(join(folder, 'bin/packer'), 0o755)
  const path = process.env.PATH
  process.env.PATH = join(folder, 'bin') + delimiter + path
  interleaved([{ name: 'the template', command: ours, folder }], 0)
  process.env.PATH = path
  const template = JSON.parse(readFileSync(join(folder, 'derived.json'), 'utf8'))
  for (const builder of template.builders) {
    builder.ami_name = 'bare {{uuid}}'
    builder.temporary_key_pair_name = 'bare {{uuid}}'
  }
  mkdirSync(join(folder, '.package/packer'), { recursive: true })
  const bare = join(folder, '.package/packer/bare.json')
  writeFileSync(bare, JSON.stringify(template))
  return bare
}

/** Nothing where there is no Packer. */
export async function packerRun(packer, rounds) {
  if (!packer) return
  const folder = project()
  const server = await serveSandbox(folder, '--speed', '50')
  const sandbox = {
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_POLL_DELAY_SECONDS: '1',
    AWS_MAX_ATTEMPTS: '45',
    CHECKPOINT_DISABLE: '1',
  }
  const before = { ...process.env }
  Object.assign(process.env, sandbox)
  try {
    const ours = [node, cli, 'packer:run', '--sandbox', '--force']
    const bare = [packer, 'build', '-machine-readable', '-color=false', bareTemplate(folder, packer, ours)]
    const unchanged = [node, cli, 'packer:run', '--sandbox']
    const medians = interleaved(
      [
        { name: 'packer build', command: bare, folder },
        { name: 'packer:run --force', command: ours, folder },
        { name: 'packer:run, unchanged', command: unchanged, folder },
      ],
      rounds,
    )
    const yardstick = medians.get('packer build')
    console.log('\nAn image on a served sandbox (ratio to: packer build)')
    const promise = 1 + Math.max(0.1, allowed / yardstick)
    for (const [name, value] of medians) {
      const promised = name === 'packer:run --force' ? Number(promise.toFixed(3)) : undefined
      line(name, milliseconds(value), value / yardstick, promised)
    }
  } finally {
    for (const name of Object.keys(sandbox)) {
      if (name in before) process.env[name] = before[name]
      else delete process.env[name]
    }
    server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
