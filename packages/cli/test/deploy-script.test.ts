import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, test } from 'vitest'

import { deployScript } from '../../templates/src/deploy.ts'
import { tarBundles } from '../src/systems/bundle/tar-bundles.ts'
import { deadNames, input, Node, nodeWithChef, ownName } from './scripted-node.ts'
import { chefEnvironment, describeWith } from './tools.ts'

describeWith('chef-solo', 'real Chef', () => {
  test(
    'converges what the script has unpacked, and what is there already',
    { timeout: 120_000 },
    async () => {
      const node = new Node()
      const chef = chefEnvironment()
      node.environment = {
        ...chef,
        PATH: `${join(chef['GEM_HOME'] ?? '', 'bin')}:${process.env['PATH'] ?? ''}`,
      }
      const told = node.path('told')
      const bundle = await node.pack(`file '${told}' do\n  content node['package']['stage']\nend\n`)
      const asked = node.converge(bundle)
      expect(asked).toEqual({
        exit: 0,
        said: `package:${input.run} begun\npackage:${input.run} wants-bundle\n`,
      })
      const why = node.converge(bundle, bundle.archive, { whyRun: true })
      expect(why.said).toContain('Would create')
      expect(existsSync(told)).toBe(false)
      const there = node.converge(bundle)
      expect(there).toMatchObject({ exit: 0 })
      expect(readFileSync(told, 'utf8')).toBe('instance')
      expect(node.left()).toEqual([])
    },
  )
})

test('a bundle that does not arrive whole changes nothing', async () => {
  const node = nodeWithChef('exit 0')
  const bundle = await node.pack('log "one"\n')
  expect(node.converge(bundle, bundle.archive)).toMatchObject({ exit: 0 })
  const next = await node.pack('log "two"\n')
  const cut = node.converge(next, next.archive.subarray(0, 200))
  expect(cut).toMatchObject({ exit: 1, said: expect.stringContaining('has not arrived whole') as string })
  expect(node.left()).toEqual([])
  expect(readFileSync(join(node.root, 'bundle.sha256'), 'utf8')).toBe(`${bundle.digest}\n`)
  expect(readFileSync(join(node.root, 'cookbooks/web/recipes/default.rb'), 'utf8')).toBe('log "one"\n')
})

test('what dead runs have left goes, what a living one is at stays', async () => {
  const node = nodeWithChef('exit 0')
  const bundle = await node.pack('log "one"\n')
  const living = ownName('other-run')
  for (const dead of deadNames()) {
    node.write(`opt/package.incoming-${dead}/bundle.tar.gz`, '')
    node.write(`opt/package/at-work/${dead}`, '')
  }
  node.write(`opt/package.incoming-${living}/bundle.tar.gz`, '')
  expect(node.converge(bundle, bundle.archive)).toMatchObject({ exit: 0 })
  expect(node.left()).toEqual([`package.incoming-${living}`])
  expect(readdirSync(join(node.root, 'at-work'))).toEqual([])
})

test('where a living run is at work, another one changes nothing', async () => {
  const node = nodeWithChef('exit 0')
  const bundle = await node.pack('log "one"\n')
  node.write(`opt/package/at-work/${ownName('other-run')}`, '')
  const busy = {
    exit: 75,
    said: expect.stringContaining(`${input.run} busy ${String(process.pid)} other-run\n`) as string,
  }
  expect(node.converge(bundle)).toMatchObject(busy)
  expect(node.converge(bundle, bundle.archive)).toMatchObject(busy)
  expect(readdirSync(node.root)).toEqual(['at-work'])
  expect(node.left()).toEqual([])
})

test('deploys at the same time never mix their bundles', { timeout: 120_000 }, async () => {
  const node = nodeWithChef('sleep 0.0$(($$ % 5))')
  const content = (bundle: number) => `log "${String(bundle)}"\n`
  const bundles = [await node.pack(content(0)), await node.pack(content(1))]
  const exits = new Set<number | null>()
  for (let round = 0; round < 40; round += 1) {
    const runs = [0, 1, 0, 1].map((each, index) => node.start(`run-${String(index)}`, bundles[each]))
    for (const exit of await Promise.all(runs)) exits.add(exit)
    const there = readFileSync(join(node.root, 'bundle.sha256'), 'utf8').trim()
    const which = bundles.findIndex(({ digest }) => digest === there)
    expect(readFileSync(join(node.root, 'cookbooks/web/recipes/default.rb'), 'utf8')).toBe(content(which))
    expect(readdirSync(join(node.root, 'cookbooks'))).toEqual(['web'])
  }
  expect(exits).toEqual(new Set([0, 75]))
  expect(node.left()).toEqual([])
})

test("Chef's exit code is the script's, but 255, which is ssh's", async () => {
  for (const [code, exit] of [
    [3, 3],
    [255, 254],
  ] as const) {
    const node = nodeWithChef(`exit ${String(code)}`)
    const bundle = await node.pack('')
    expect(node.converge(bundle, bundle.archive).exit).toBe(exit)
    expect(node.left()).toEqual([])
  }
})

test('a script whose connection breaks cleans up', { timeout: 30_000 }, async () => {
  const node = nodeWithChef('exit 0')
  const bundle = await node.pack('log "one"\n')
  mkdirSync(dirname(node.root), { recursive: true })
  const script = deployScript({ ...input, digest: bundle.digest, brings: true })
  const child = spawn('sh', ['-c', script], { env: { ...node.environment, PACKAGE_ROOT: node.root } })
  const closed = once(child, 'exit')
  child.stdin.write(bundle.archive.subarray(0, 100))
  await once(child.stdout, 'data')
  child.stdout.destroy()
  child.stderr.destroy()
  child.stdin.destroy()
  await closed
  expect(node.left()).toEqual([])
  expect(existsSync(join(node.root, 'bundle.sha256'))).toBe(false)
})

test('data bags are for root alone, all else for nobody to write', async () => {
  const node = nodeWithChef('exit 0')
  node.write('data_bags/keys/one.json', '{"id":"one"}')
  const bundle = await tarBundles(node.folder).pack([{ path: 'data_bags/keys', source: 'data_bags/keys' }])
  expect(bundle.digest).toBe(createHash('sha256').update(bundle.archive).digest('hex'))
  expect(node.converge(bundle, bundle.archive)).toMatchObject({ exit: 0 })
  const { stdout } = spawnSync('find', [node.root, '-printf', '%P %m\n'], { encoding: 'utf8' })
  expect(stdout.split('\n')).toContain('data_bags 700')
  expect(stdout).not.toMatch(/ [0-7](?:[2367].|.[2367])$/m)
})

describeWith('shellcheck', 'shellcheck', (program) => {
  test('finds nothing in the script', () => {
    const scripts = [true, false].map((brings) =>
      deployScript({ ...input, chef: { install: 'cinc', version: '18' }, digest: 'a'.repeat(64), brings }),
    )
    for (const script of scripts) {
      const { stdout } = spawnSync(program, ['-s', 'sh', '-'], { input: script, encoding: 'utf8' })
      expect(stdout).toBe('')
    }
  })
})
