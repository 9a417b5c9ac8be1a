import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Machine } from '../src/hosts/hosts.ts'
import { type Bundle, converged, refused, refusedInOtherWords, soloRb } from './chef-bundles.ts'
import { TestSite } from './open-ssh.ts'
import { chefEnvironment, describeWith } from './tools.ts'

const site = new TestSite(7)
let key: string

beforeAll(async () => {
  key = await site.newKey('key')
})

afterAll(() => site.close())

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
