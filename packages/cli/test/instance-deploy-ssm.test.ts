import { expect, test } from 'vitest'

import { statusesOf } from './deploy-project.ts'
import { SsmProject } from './ssm-project.ts'

test('a new bundle goes through the bucket, one that is there is not fetched', { timeout: 120_000 }, () => {
  const project = new SsmProject({ web: { data_bags: ['keys'] } })
  project.write('data_bags/keys/one.json', '{"id":"one","secret":"open-sesame"}')
  const ids = project.launch('web', 3)
  const [first = ''] = ids
  const run = project.deploy()
  expect(run.exit).toBe(0)
  expect(run.hosts.map(({ status, bundle }) => [status, bundle])).toEqual(
    ids.map(() => ['converged', 'sent']),
  )
  const digest = run.bundles['web'] ?? ''
  expect(project.objects()).toEqual([`tests/-/web/${digest}.tar.gz`])
  for (const id of ids) {
    expect(project.onDisk(id, 'opt/package/bundle.sha256')).toBe(`${digest}\n`)
    expect(JSON.parse(project.onDisk(id, 'opt/package/dna.json'))).toMatchObject({ id: `web-${id}` })
    expect(project.incoming(id)).toEqual([])
  }
  expect(project.read(run.hosts[0]?.log ?? '')).toContain('Would converge web::default')
  expect(project.onDisk(first, 'var/log/package/deploy.log')).toContain('Would converge web::default')
  const [canary, rest] = project.commands()
  // Who begins at the last moment may wait for a first boot for fifteen minutes before it fetches.
  const goodFor = Number(/X-Amz-Expires=(\d+)/.exec(canary?.parameters['commands']?.join('\n') ?? '')?.[1])
  expect(goodFor).toBeGreaterThan((canary?.timeoutSeconds ?? 0) + 900)
  expect(canary).toMatchObject({ targets: [{ key: 'InstanceIds', values: [first] }], maxErrors: '0' })
  expect(rest).toMatchObject({
    targets: [
      { key: 'tag:package:project', values: ['tests'] },
      { key: 'tag:group', values: ['web'] },
    ],
    maxConcurrency: '2',
    maxErrors: '100%',
    executionTimeout: 3600,
  })

  const again = project.deployText('web', '--verbose', '--output', 'json')
  expect(again.out).toContain('"bundle":"present"')
  expect(again.out).not.toContain('PutObject')
  const told = JSON.stringify(run) + again.out + again.err
  const kept = project.files().filter((path) => /^\.package\/(logs|runs)\//.test(path))
  expect(kept.length).toBeGreaterThanOrEqual(8)
  const said = told + kept.map((path) => project.read(path)).join('\n')
  expect(said).not.toMatch(/open-sesame|X-Amz-|Signature/)
})

test('a recipe that fails is a failure, and what it said is kept', { timeout: 120_000 }, () => {
  const project = new SsmProject()
  const [one = '', two = '', three = ''] = project.launch('web', 3)
  project.chef(two, 'seq 1 9000; echo "[2026-11-21T13:00:00+00:00] FATAL: it is broken"; exit 7')
  const run = project.deploy('-n', '2')
  expect(run.exit).toBe(6)
  expect(statusesOf(run)).toEqual({ [one]: 'converged', [two]: 'failed', [three]: 'converged' })
  const failed = run.hosts.find(({ id }) => id === two)
  expect(failed?.reason).toBe('chef-solo failed with exit code 7: it is broken')
  const log = project.read(failed?.log ?? '')
  expect(log).toContain('FATAL: it is broken')

  project.chef(two, 'exit 0')
  const retried = project.deploy('--retry-failed')
  expect(retried).toMatchObject({ exit: 0, hosts: [{ id: two, status: 'converged', bundle: 'present' }] })
  expect(project.commands().at(-1)?.targets).toEqual([{ key: 'InstanceIds', values: [two] }])
})

test('a canary that fails ends its group', { timeout: 120_000 }, () => {
  const project = new SsmProject({ web: {}, app: { depends_on: ['web'] } })
  const [canary = '', ...rest] = project.launch('web', 3)
  const [app = ''] = project.launch('app', 1)
  project.chef(canary, 'exit 1')
  const run = project.deploy()
  expect(run.exit).toBe(6)
  expect(statusesOf(run)).toEqual({
    [canary]: 'failed',
    ...Object.fromEntries([...rest, app].map((id) => [id, 'not started'])),
  })
  expect(project.commands()).toHaveLength(1)
})

test('after --max-errors Systems Manager begins no more', { timeout: 180_000 }, () => {
  const project = new SsmProject()
  const ids = project.launch('web', 8)
  for (const id of ids) project.chef(id, 'exit 1')
  const run = project.deploy('--no-canary', '-n', '1', '--max-errors', '2')
  expect(run.exit).toBe(6)
  const statuses = Object.values(statusesOf(run))
  expect(statuses.filter((status) => status === 'failed')).toHaveLength(3)
  expect(statuses.filter((status) => status === 'not started')).toHaveLength(5)
  expect(project.commands()[0]).toMatchObject({ maxErrors: '2', maxConcurrency: '1' })
})

test(
  'sixty hosts are pages of answers; by ids, -n and --max-errors hold over all of them',
  { timeout: 300_000 },
  () => {
    const project = new SsmProject()
    const ids = project.launch('web', 60)
    const nodes = project.json('nodes.json') as { web: object }
    project.write(
      'nodes.json',
      JSON.stringify({ ...nodes, web: { ...nodes.web, iam_instance_profile: undefined } }),
    )
    const [alone = ''] = project.launch('web', 1, { name: 'alone' })
    project.write('nodes.json', JSON.stringify(nodes))
    const run = project.deploy('-n', '20')
    expect(run.exit).toBe(6)
    expect(statusesOf(run)).toEqual({
      ...Object.fromEntries(ids.map((id) => [id, 'converged'])),
      [alone]: 'unreachable',
    })
    expect(run.hosts.find(({ id }) => id === alone)?.reason).toContain('no SSM agent')
    expect(project.commands()).toHaveLength(2)
    const [broken = ''] = ids
    project.chef(broken, 'exit 1')
    const named = project.deploy('--name', 'web', '--no-canary', '-n', '20', '--max-errors', '3')
    expect(named.exit).toBe(6)
    expect(named.hosts.filter(({ status }) => status !== 'converged').map(({ id }) => id)).toEqual([broken])
    const [first, second, ...others] = project.commands().slice(2)
    expect(others).toEqual([])
    expect(first).toMatchObject({ maxConcurrency: '20', maxErrors: '3' })
    expect(second).toMatchObject({ maxConcurrency: '10', maxErrors: '2' })
    expect([first, second].map((command) => command?.invocations.length)).toEqual([50, 10])
    const ends = first?.invocations.map(({ end }) => end?.at ?? Infinity) ?? []
    expect(second?.requestedAt).toBeGreaterThanOrEqual(Math.max(...ends))
  },
)

test('--via ssm without a bucket is refused; --dry-run sends nothing', { timeout: 60_000 }, () => {
  const project = new SsmProject()
  const ids = project.launch('web', 2)
  const plan = project.deploy('--dry-run')
  expect(plan).toMatchObject({ exit: 0, hosts: ids.map((id) => ({ id, status: 'to do' })) })
  expect(project.commands()).toEqual([])
  expect(project.objects()).toEqual([])
  const why = project.deploy('--why-run')
  expect(why).toMatchObject({ exit: 0, data: { why_run: true } })
  expect(project.objects()).toHaveLength(1)
  project.settings({ artifacts_bucket: undefined })
  const refused = project.deployText()
  expect(refused.exit).toBe(3)
  expect(refused.err).toContain('__settings__')
})
