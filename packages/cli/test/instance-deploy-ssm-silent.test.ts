import { expect, test } from 'vitest'

import { deployRun, statusesOf } from './deploy-project.ts'
import { SsmProject } from './ssm-project.ts'

test('stopped instances that carry the tags of the group take no turn', { timeout: 120_000 }, () => {
  const project = new SsmProject()
  const ids = project.launch('web', 5)
  project.stop(ids.slice(0, 3))
  const run = project.deploy('--no-canary', '--timeout', '600')
  expect(statusesOf(run)).toEqual(Object.fromEntries(ids.slice(3).map((id) => [id, 'converged'])))
  expect(run.exit).toBe(0)
})

test('hosts whose agents are silent are named, and take no turn', { timeout: 120_000 }, () => {
  const project = new SsmProject()
  const ids = project.launch('web', 8)
  const silent = ids.slice(2, 5)
  project.silence(silent)
  const run = project.deploy('-n', '2')
  expect(statusesOf(run)).toEqual(
    Object.fromEntries(ids.map((id) => [id, silent.includes(id) ? 'unreachable' : 'converged'])),
  )
  expect(run.exit).toBe(6)
})

test("another environment's hosts take no turn, and get no command", { timeout: 120_000 }, () => {
  const project = new SsmProject()
  project.settings({ environment: 'staging' })
  const staging = project.launch('web', 2)
  project.settings({ environment: undefined })
  const ids = project.launch('web', 3)
  project.silence(staging)
  const run = project.deploy('--no-canary', '-n', '2')
  expect(statusesOf(run)).toEqual(Object.fromEntries(ids.map((id) => [id, 'converged'])))
  const reached = project.commands().flatMap(({ invocations }) => invocations)
  expect(reached.map(({ instanceId }) => instanceId).sort()).toEqual(ids)
})

/** Four hosts, one at a time: by the end of the first one's Chef the agent of the second, the canary, is silent. */
function sickCanary() {
  const project = new SsmProject()
  project.launch('web', 4)
  const [busy = '', canary = '', ...rest] = Object.keys(project.account().instances)
  project.makeCanary(canary, 500)
  project.chef(busy, 'sleep 1000')
  project.environment['PACKAGE_POLL_INTERVAL'] = '60'
  return {
    project,
    busy,
    canary,
    rest,
    words: ['instance:deploy', '--via', 'ssm', '-n', '1', '--output', 'json'],
  }
}

test('what carries the tags and falls silent later takes no turn', { timeout: 120_000 }, () => {
  const { project, busy, canary, rest, words } = sickCanary()
  const run = deployRun(project.run(...words))
  expect(run.exit).toBe(0)
  expect(Object.keys(statusesOf(run)).sort()).toEqual([busy, canary, ...rest].sort())
  const [, tagged, ...others] = project.commands()
  expect(others).toEqual([])
  expect(tagged?.targets.map(({ key }) => key)).toContain('tag:group')
  const unwanted = tagged?.invocations.find(({ instanceId }) => instanceId === canary)
  expect(unwanted?.end?.details).toBe('Cancelled')
})

test('a turn that cannot be had back is not waited for without end', { timeout: 120_000 }, () => {
  const { project, busy, canary, rest, words } = sickCanary()
  const fault = { kind: 'error', code: 'InvalidInstanceId', message: '', status: 400 }
  const run = deployRun(project.runWithFaults({ rules: [{ operation: 'CancelCommand', fault }] }, ...words))
  expect(run.exit).toBe(6)
  expect(statusesOf(run)).toEqual({
    [busy]: 'converged',
    [canary]: 'converged',
    ...Object.fromEntries(rest.map((id) => [id, 'unreachable'])),
  })
  expect(run.hosts.find(({ id }) => id === rest[0])?.reason).toContain('neither begun')
  expect(project.commands()).toHaveLength(2)
})
