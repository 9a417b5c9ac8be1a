// npm run bench: every promise of speed as a ratio, measured in one run. Ends with exit code 1 when one is broken.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  copyFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { autoscaleCalls, fleetChange } from './autoscale.mjs'
import { awsCalls, instanceList } from './aws.mjs'
import { deploys } from './deploy.mjs'
import { fleet } from './fleet.mjs'
import { interleaved, peakMemory, timed } from './measure.mjs'
import { packerRun } from './packer.mjs'
import { broken, line, milliseconds, table } from './report.mjs'

const here = import.meta.dirname
const node = process.execPath
const cli = join(here, '../packages/cli/dist/package.cjs')
const scratch = mkdtempSync(join(tmpdir(), 'package-bench-'))

function project(name, groups) {
  const folder = mkdtempSync(join(scratch, `${name}-`))
  writeFileSync(join(folder, 'nodes.json'), JSON.stringify(fleet(groups), null, 2))
  return { folder, before: () => rmSync(join(folder, 'roles'), { recursive: true, force: true }) }
}

function find(program) {
  const unpacked = join(here, '../.tools/debian/usr/bin', program)
  if (existsSync(unpacked)) return unpacked
  const folders = (process.env.PATH ?? '').split(delimiter)
  const path = folders.map((folder) => join(folder, program)).find((candidate) => existsSync(candidate))
  if (!path) console.log(`  (${program} is not here, so it is not compared with)`)
  return path
}

function start(rounds) {
  const one = project('start', 1)
  const peers = ['aws', 'packer'].flatMap((program) => {
    const path = find(program)
    return path
      ? [{ name: `${program} version`, command: [path, program === 'aws' ? '--version' : 'version'] }]
      : []
  })
  const medians = interleaved(
    [
      { name: 'node -e 0', command: [node, '-e', '0'] },
      { name: 'package --version', command: [node, cli, '--version'] },
      { name: 'role:create, one group, new', command: [node, cli, 'role:create', 'group-00000'], ...one },
      {
        name: 'role:create, one group, unchanged',
        command: [node, cli, 'role:create', 'group-00000'],
        folder: one.folder,
      },
      { name: 'nodes:validate, one group', command: [node, cli, 'nodes:validate'], folder: one.folder },
      {
        name: 'packer:create, one group',
        command: [node, cli, 'packer:create', 'group-00000'],
        folder: one.folder,
      },
      ...peers,
    ],
    rounds,
  )
  table('Start', medians, 'node -e 0', {
    'package --version': 1.3,
    'role:create, one group, new': 1.3,
    'role:create, one group, unchanged': 1.3,
    'nodes:validate, one group': 1.3,
  })
}

function many(groups, rounds) {
  const ours = project('ours', groups)
  const create = { name: 'role:create', command: [node, cli, 'role:create'], ...ours }
  timed(create)
  const roles = readdirSync(join(ours.folder, 'roles')).map((name) => [
    name,
    readFileSync(join(ours.folder, 'roles', name), 'utf8'),
  ])
  const texts = join(scratch, 'texts.json')
  writeFileSync(texts, JSON.stringify(roles))

  const bare = project('bare', groups)
  const validate = { name: 'nodes:validate', command: [node, cli, 'nodes:validate'], folder: ours.folder }
  const contenders = [
    { name: 'bare Node, as atomic', command: [node, join(here, 'bare-writer.mjs'), texts], ...bare },
    create,
    validate,
    { name: 'role:create, all unchanged', command: create.command, folder: ours.folder },
  ]
  const jsonnet = find('jsonnet')
  if (jsonnet) {
    const theirs = project('jsonnet', groups)
    copyFileSync(join(here, 'roles.jsonnet'), join(theirs.folder, 'roles.jsonnet'))
    const command = [jsonnet, '--multi', 'roles', 'roles.jsonnet']
    const before = () => {
      theirs.before()
      mkdirSync(join(theirs.folder, 'roles'))
    }
    contenders.push({ name: 'jsonnet --multi (not atomic)', command, folder: theirs.folder, before })
  }
  const medians = interleaved(contenders, rounds)
  table(`${groups} groups written`, medians, 'bare Node, as atomic', {
    'role:create': 2.5,
    'nodes:validate': 2.5,
  })
  const theirs = medians.get('jsonnet --multi (not atomic)')
  if (theirs) {
    line(
      'role:create, ratio to jsonnet',
      milliseconds(medians.get('role:create')),
      medians.get('role:create') / theirs,
      1,
    )
  }

  const reader = {
    name: 'bare Node, the same schema',
    command: [node, join(here, 'bare-reader.mjs')],
    folder: ours.folder,
  }
  table(`${groups} groups validated`, interleaved([reader, validate], rounds), reader.name, {})
  console.log(`\nPeak memory with ${groups} groups`)
  for (const contender of [create, validate]) {
    const peak = peakMemory(contender)
    line(contender.name, `${peak.toFixed(0)} MB`.padStart(9), peak / 250, 1)
  }
}

/** Linear: ten times the groups take at most so many times as long, start-up not counted. */
function growth(rounds) {
  const sizes = [1000, 10_000, 20_000]
  for (const action of ['role:create', 'nodes:validate']) {
    const contenders = sizes.map((groups) => ({
      name: `${groups} groups`,
      command: [node, cli, action],
      ...project('growth', groups),
    }))
    const medians = interleaved([{ name: 'start', command: [node, cli, '--version'] }, ...contenders], rounds)
    console.log(`\nTime per group, ${action} (ratio to: ${sizes[0]} groups)`)
    const perGroup = (groups) => (medians.get(`${groups} groups`) - medians.get('start')) / groups
    for (const groups of sizes) {
      const value = `${(perGroup(groups) * 1000).toFixed(0)} µs`.padStart(9)
      line(`${groups} groups`, value, perGroup(groups) / perGroup(sizes[0]), 1.5)
    }
  }
}

try {
  const quick = process.argv.includes('--quick')
  start(quick ? 7 : 31)
  many(10_000, quick ? 2 : 5)
  growth(quick ? 2 : 5)
  awsCalls(quick ? [1, 20] : [1, 20, 500])
  autoscaleCalls(quick ? [1, 20] : [1, 20, 100, 500])
  await instanceList(quick ? 5 : 21)
  await fleetChange([20, 100], quick ? 1 : 3)
  await packerRun(find('packer'), quick ? 3 : 9)
  await (quick ? deploys(100, [50], 1) : deploys(100, [10, 50], 5))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
if (broken.length > 0) {
  console.log(`\nbroken: ${broken.join(', ')}`)
  process.exitCode = 1
}
