import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { deployRun, statusesOf } from './deploy-project.ts'
import { callsOf, documentedCalls } from './documented-policies.ts'
import { FleetProject } from './fleet-project.ts'
import { cli } from './project.ts'
import { serveSandbox } from './served-sandbox.ts'
import { SsmProject } from './ssm-project.ts'

/** Six hosts on which Chef is at work for long, and the rule by which the first answer to a command is lost. */
function slowProject() {
  const project = new SsmProject()
  const ids = project.launch('web', 6)
  for (const id of ids) project.chef(id, 'sleep 1000')
  project.environment['PACKAGE_POLL_INTERVAL'] = '60'
  const rules = [{ operation: 'SendCommand', calls: [1], fault: { kind: 'lose-answer' } }]
  return { project, ids, rules }
}

test(
  'a command is sent once, and again for those whose turn comes after its bundle can be fetched',
  { timeout: 180_000 },
  () => {
    const { project, ids, rules } = slowProject()
    const words = ['--via', 'ssm', '--no-canary', '-n', '1', '--output', 'json', '--verbose']
    const run = project.runWithFaults({ rules }, 'instance:deploy', ...words)
    const { exit, hosts, texts } = deployRun(run)
    expect(exit).toBe(0)
    expect(hosts.map(({ status, bundle }) => [status, bundle])).toEqual(ids.map(() => ['converged', 'sent']))
    const commands = project.commands()
    expect(commands).toHaveLength(2)
    expect(new Set(commands.map(({ comment }) => comment)).size).toBe(2)
    expect(texts.filter((text) => text.startsWith('ssm:ListCommands ')).length).toBeGreaterThanOrEqual(1)
  },
)

test(
  'docs/iam.md allows what a deploy by Systems Manager calls, and nothing else',
  { timeout: 180_000 },
  () => {
    const { project, ids, rules } = slowProject()
    project.chef(ids[0] ?? '', 'exit 1')
    project.write('faults.json', JSON.stringify({ rules }))
    project.environment['PACKAGE_SANDBOX_FAULTS'] = project.path('faults.json')
    const words = ['instance:deploy', '--via', 'ssm', '--no-canary', '-n', '1']
    const fleet = new FleetProject({ artifacts_bucket: 'tests-artifacts' })
    const calls = callsOf([...project.calls(...words), ...fleet.calls(...words, '--dry-run')])
    const heading = 'instance:deploy --via ssm'
    expect(documentedCalls((each) => each === heading)).toEqual({ [heading]: calls })
  },
)

test('without a right on the bucket nothing is sent, and why is said', { timeout: 60_000 }, () => {
  const project = new SsmProject()
  project.launch('web', 1)
  const fault = { kind: 'error', code: 'AccessDenied', message: 'Access Denied', status: 403 }
  const rules = [{ operation: 'PutObject', fault }]
  const { exit, err } = project.runWithFaults({ rules }, 'instance:deploy', '--via', 'ssm')
  expect(exit).toBe(1)
  expect(err).toMatch(/s3 in eu-central-1 answered .*AccessDenied/)
  expect(err).toContain('docs/iam.md')
  expect(project.commands()).toEqual([])
  project.settings({ artifacts_bucket: 'nobody-has-it' })
  const missing = project.deployText()
  expect(missing).toMatchObject({ exit: 3 })
  expect(missing.err).toContain('artifacts_bucket')
})

test('Ctrl-C: what is at work is cancelled, and nothing more is begun', { timeout: 120_000 }, async () => {
  const project = new SsmProject()
  const ids = project.launch('web', 4)
  for (const id of ids) project.chef(id, 'touch /opt/package/converges; sleep 3000')
  await serveSandbox(project, 1)
  const words = ['instance:deploy', '--via', 'ssm', '-n', '2', '--no-canary', '--output', 'json']
  const child = spawn(process.execPath, [cli, ...words], {
    cwd: project.folder,
    env: { ...process.env, ...project.environment, PACKAGE_POLL_INTERVAL: '0.5' },
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  const closed = once(child, 'close')
  const begun = () => ids.filter((id) => existsSync(project.disk(id, 'opt/package/converges')))
  while (begun().length < 2) await sleep(50)
  await sleep(1500)
  const asked = Date.now()
  child.kill('SIGINT')
  const [exit] = (await closed) as [number]
  expect(Date.now() - asked).toBeLessThan(15_000)
  expect(exit).toBe(130)
  const run = deployRun({ exit, out, err: '' })
  expect(Object.values(statusesOf(run)).sort()).toEqual(['not started', 'not started', 'stopped', 'stopped'])
  const ends = project.commands().flatMap(({ invocations }) => invocations.map(({ end }) => end?.details))
  expect(ends).toEqual(['Cancelled', 'Cancelled', 'Cancelled', 'Cancelled'])
})

test(
  'a host that goes away in the middle is reported, and not waited for',
  { timeout: 120_000 },
  async () => {
    const project = new SsmProject()
    const [gone = '', other = ''] = project.launch('web', 2)
    project.chef(gone, 'touch /opt/package/converges; sleep 3000')
    project.environment['PACKAGE_POLL_INTERVAL'] = '0.5'
    await serveSandbox(project, 1)
    const run = project.start('instance:deploy', '--via', 'ssm', '--no-canary', '--output', 'json')
    while (!existsSync(project.disk(gone, 'opt/package/converges'))) await sleep(50)
    await sleep(2000)
    expect(await project.start('instance:delete', 'web', '--id', gone, '--yes')).toMatchObject({ exit: 0 })
    const { exit, hosts } = deployRun(await run)
    expect(exit).toBe(6)
    expect(statusesOf({ hosts })).toEqual({ [gone]: 'lost', [other]: 'converged' })
  },
)
