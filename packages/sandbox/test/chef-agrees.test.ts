import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Machine } from '../src/hosts/hosts.ts'
import { TestSite } from './open-ssh.ts'
import { chefEnvironment, describeWith } from './tools.ts'

const site = new TestSite(7)
let key: string

beforeAll(async () => {
  key = await site.newKey('key')
})
afterAll(() => site.close())

const soloRb = `# As our scripts write it, and what keeps a real Chef out of /var.
root = File.dirname(File.expand_path(__FILE__))
cookbook_path [File.join(root, 'cookbooks')]
role_path File.join(root, 'roles')
data_bag_path File.join(root, 'data_bags')
file_cache_path File.join(root, 'cache')
pid_file File.join(root, "chef.pid")
`

type Bundle = Record<string, string>

const dna = (...runList: string[]): Bundle => ({ 'dna.json': JSON.stringify({ id: 'a', run_list: runList }) })

const role = (name: string, ...runList: string[]): Bundle => ({
  [`roles/${name}.json`]: JSON.stringify({
    name,
    chef_type: 'role',
    json_class: 'Chef::Role',
    run_list: runList,
  }),
})

const cookbook = (name: string, metadata = '', recipes = ['default'], version = '1.0.0'): Bundle => ({
  [`cookbooks/${name}/metadata.rb`]: `name '${name}'\nversion '${version}'\n${metadata}\n`,
  ...Object.fromEntries(recipes.map((recipe) => [`cookbooks/${name}/recipes/${recipe}.rb`, ''])),
})

/** What a run comes down to: how it ended, in which words, and what it converged. */
interface Outcome {
  exitCode: number | null
  resolving: string | undefined
  fetched: string[]
  report: string | undefined
  fatal: string | undefined
  node: unknown
}

function outcome(exitCode: number | null, output: string, folder: string): Outcome {
  const report = /\n={80}\n(.*?)(?=\n+(?:System Info:|\[[-\dT:+]+\] FATAL|$))/s.exec(output)?.[1]
  return {
    exitCode,
    resolving: /^Resolving cookbooks.*$/m.exec(output)?.[0],
    fetched: fetchedCookbooks(output),
    report: report?.replaceAll(/\n{2,}/g, '\n').trim(),
    fatal: output
      .match(/FATAL: .*$/gm)
      ?.at(-1)
      ?.replace(/(parse error):.*/, '$1'),
    node: convergedNode(folder),
  }
}

/** Chef fetches several at once: of two lines that run into one another, both dashes may come first. */
function fetchedCookbooks(output: string): string[] {
  const [section = ''] =
    /^Synchronizing cookbooks.*?(?=^(?:Installing|Compiling|Converging)|(?![\s\S]))/ms.exec(output) ?? []
  return (section.match(/[\w-]+ \([\d.]+\)/g) ?? []).toSorted()
}

function convergedNode(folder: string): unknown {
  const [name] = readdirSync(folder).includes('nodes') ? readdirSync(join(folder, 'nodes')) : []
  if (name === undefined) return undefined
  const text = readFileSync(join(folder, 'nodes', name), 'utf8')
  const { normal, run_list, automatic } = JSON.parse(text) as Record<string, Record<string, unknown>>
  if (automatic === undefined) return undefined
  const { recipes, expanded_run_list, roles } = automatic
  return { normal, run_list, recipes, expanded_run_list, roles }
}

function lay(folder: string, bundle: Bundle): void {
  for (const [path, text] of Object.entries({ 'solo.rb': soloRb, ...bundle })) {
    const isFolder = path.endsWith('/')
    mkdirSync(isFolder ? join(folder, path) : dirname(join(folder, path)), { recursive: true })
    if (!isFolder) writeFileSync(join(folder, path), text)
  }
}

function withChef(chefSolo: string, machine: Machine, bundle: Bundle): Outcome {
  const folder = site.path('chef', machine.instanceId)
  lay(folder, bundle)
  const words = [chefSolo, '--config', 'solo.rb', '--json-attributes', 'dna.json', '--minimal-ohai']
  const { status, stdout, stderr } = spawnSync('ruby', words, {
    cwd: folder,
    encoding: 'utf8',
    env: chefEnvironment(),
  })
  return outcome(status, stdout + stderr, folder)
}

async function withStandIn(machine: Machine, bundle: Bundle): Promise<Outcome> {
  const folder = site.disk(machine, '/opt/package')
  lay(folder, bundle)
  const command = 'cd /opt/package; sudo chef-solo --config solo.rb --json-attributes dna.json'
  const { exitCode, stdout, stderr } = await site.ssh(machine, command)
  expect(stderr).toBe('')
  expect(stdout).toContain('stand-in')
  return outcome(exitCode, stdout, folder)
}

const converged: Record<string, Bundle> = {
  'nested roles, a circle of them, recipes met twice': {
    ...dna('role[a]', 'recipe[x]', 'x::one', 'role[a]', 'recipe[last]'),
    ...role('a', 'recipe[y]', 'role[b]', 'recipe[z::two]'),
    ...role('b', 'role[c]', 'recipe[x::one]', 'role[a]'),
    ...role('c', 'recipe[y]', 'recipe[y::three]', 'role[c]'),
    ...cookbook('x', '', ['default', 'one']),
    ...cookbook('y', '', ['default', 'three']),
    ...cookbook('z', '', ['two']),
    ...cookbook('last'),
    ...cookbook('unused', "depends 'gone'"),
  },
  'versions, also of a recipe named twice, and default by both its names': {
    ...dna('x', 'x::default', 'x@1.0.0', 'recipe[y::one@1.2]', 'recipe[y::one@1.2.0]'),
    ...cookbook('x'),
    ...cookbook('y', '', ['one'], '1.2.0'),
  },
  'dependencies, a circle of them too, in the versions asked for': {
    ...dna('x'),
    ...cookbook('x', "depends 'y', '~> 1.2'\ndepends \"z\", '>= 0.1'"),
    ...cookbook('y', "depends('x')", ['default'], '1.9.3'),
    'cookbooks/z/metadata.json': JSON.stringify({
      name: 'z',
      version: '0.1.0',
      dependencies: { w: '< 3.0' },
    }),
    'cookbooks/z/recipes/default.rb': '',
    ...cookbook('w', '', [], '2.9'),
  },
  'a role by its file, whatever its name within': {
    ...dna('role[a]'),
    'roles/a.json': role('b', 'recipe[x]')['roles/b.json'] ?? '',
    ...cookbook('x'),
  },
  'two folders of cookbooks, and one cookbook in both': {
    ...dna('x', 'y', 'z'),
    'solo.rb': soloRb.replace(
      "[File.join(root, 'cookbooks')]",
      "[File.join(root, 'site'), File.join(root, 'cookbooks')]",
    ),
    'site/x/metadata.rb': "name 'x'\nversion '3.0.0'\n",
    'site/x/recipes/default.rb': '',
    'site/z/recipes/default.rb': '',
    ...cookbook('x'),
    ...cookbook('y'),
  },
  'an empty run list': { ...dna(), ...cookbook('x') },
}

const refused: Record<string, Bundle> = {
  'a missing role': { ...dna('role[a]', 'role[b]'), ...role('b', 'recipe[x]'), ...cookbook('x') },
  'a missing role within another': {
    ...dna('role[a]'),
    ...role('a', 'role[gone]', 'recipe[x]', 'role[lost]'),
    ...cookbook('x'),
  },
  'a missing cookbook': { ...dna('recipe[x]', 'recipe[gone::one]'), ...cookbook('x') },
  'an empty folder for a cookbook': {
    ...dna('recipe[gone]'),
    ...cookbook('x'),
    'cookbooks/gone/': '',
  },
  'a missing recipe': { ...dna('recipe[x::one]', 'recipe[x::gone]'), ...cookbook('x', '', ['one']) },
  'a missing default recipe': { ...dna('recipe[x]'), ...cookbook('x', '', ['one']) },
  'a missing dependency of a dependency': {
    ...dna('recipe[x]'),
    ...cookbook('x', "depends 'y'"),
    ...cookbook('y', "depends 'gone', '~> 1.0'"),
  },
  'a missing dependency in metadata.json, which comes before metadata.rb': {
    ...dna('recipe[x]'),
    ...cookbook('x'),
    'cookbooks/x/metadata.json': JSON.stringify({
      name: 'x',
      version: '1.0.0',
      dependencies: { gone: '>= 0' },
    }),
  },
  'a dependency in another version': {
    ...dna('recipe[x]'),
    ...cookbook('x', "depends 'y', '~> 1.2'"),
    ...cookbook('y', '', ['default'], '2.0.0'),
  },
  'a recipe in a version that is not there': { ...dna('recipe[x@2.0]'), ...cookbook('x') },
  'a recipe in two versions': {
    ...dna('recipe[x@1.0.0]', 'role[a]'),
    ...role('a', 'x@1.1'),
    ...cookbook('x'),
  },
  'what is no item of a run list': { ...dna('recipes[x]'), ...cookbook('x') },
  'broken DNA': { 'dna.json': '{"run_list": [', ...cookbook('x') },
  'no DNA': cookbook('x'),
}

/** Where the words are about Ruby's own libraries, what is compared is that both refuse, and their last line. */
const refusedInOtherWords: Record<string, Bundle> = {
  'a broken role': { ...dna('role[a]'), 'roles/a.json': '{"name":', ...cookbook('x') },
  'metadata without a name': {
    ...dna('recipe[x]'),
    ...cookbook('x'),
    'cookbooks/x/metadata.rb': "version '1.0.0'\n",
  },
}

async function both(chefSolo: string, bundle: Bundle) {
  const machine = site.machine([key])
  await site.hosts.answer([machine])
  await site.trust(machine)
  return { chef: withChef(chefSolo, machine, bundle), standIn: await withStandIn(machine, bundle) }
}

describeWith('chef-solo', 'the stand-in of chef-solo agrees with Chef 18', (chefSolo) => {
  test.each(Object.entries(converged))('on %s', { timeout: 60_000 }, async (_name, bundle) => {
    const { chef, standIn } = await both(chefSolo, bundle)
    expect(chef).toMatchObject({ exitCode: 0, node: { recipes: expect.any(Array) as string[] } })
    expect(standIn).toEqual(chef)
  })

  test.each(Object.entries(refused))('on what it refuses: %s', { timeout: 60_000 }, async (_name, bundle) => {
    const { chef, standIn } = await both(chefSolo, bundle)
    expect(chef).toMatchObject({ exitCode: 1, fatal: expect.stringContaining('FATAL') as string })
    expect(standIn).toEqual(chef)
  })

  test.each(Object.entries(refusedInOtherWords))(
    'on what it refuses, in other words: %s',
    { timeout: 60_000 },
    async (_name, bundle) => {
      const { chef, standIn } = await both(chefSolo, bundle)
      const { exitCode, fatal } = chef
      expect(exitCode).toBe(1)
      expect({ exitCode: standIn.exitCode, fatal: standIn.fatal }).toEqual({ exitCode, fatal })
      expect(standIn.node).toBeUndefined()
    },
  )
})
