import { expect, test } from 'vitest'

import { statusesOf } from './deploy-project.ts'
import { SsmProject } from './ssm-project.ts'

/** With one instance whose agent is known, so that the account has the bucket. */
function projectWithOne() {
  const project = new SsmProject()
  const [known = ''] = project.launch('web', 1)
  return { project, known }
}

/** Launches instances and does not wait until their agents are known. */
function launchNow(project: SsmProject, count: number, group = 'web'): string[] {
  const before = new Set(project.liveInstances())
  const words = ['instance:create', group, '--key', 'key.pem', '--name', 'new', '--count', String(count)]
  expect(project.run(...words).exit).toBe(0)
  return project.liveInstances().filter((id) => !before.has(id))
}

/** An instance of a group with a profile, that has none itself: no agent of it ever comes. */
function launchWithoutAgent(project: SsmProject): string {
  const nodes = project.json('nodes.json') as { web: object }
  const web = { ...nodes.web, iam_instance_profile: undefined }
  project.write('nodes.json', JSON.stringify({ ...nodes, web }))
  const [id = ''] = launchNow(project, 1)
  project.write('nodes.json', JSON.stringify(nodes))
  return id
}

const waits = (texts: readonly string[]) =>
  texts.filter((text) => text.includes('waiting for the SSM agents'))

test('the agents of instances that were launched just now are waited for', { timeout: 120_000 }, () => {
  const { project, known } = projectWithOne()
  const ids = launchNow(project, 3)
  const run = project.deploy('--no-canary')
  expect(statusesOf(run)).toEqual(Object.fromEntries([known, ...ids].map((id) => [id, 'converged'])))
  expect(run.exit).toBe(0)
  expect(waits(project.deploy().texts)).toEqual([])
})

test('a canary that was launched just now is waited for', { timeout: 120_000 }, () => {
  const { project, known } = projectWithOne()
  expect(project.run('instance:delete', 'web', '--name', 'web', '--yes').exit).toBe(0)
  const [canary = '', other = ''] = launchNow(project, 2).sort()
  const run = project.deploy()
  expect(statusesOf(run)).toEqual({ [canary]: 'converged', [other]: 'converged' })
  expect(project.liveInstances()).not.toContain(known)
})

test(
  'an agent that does not come is given up, and from then on refused at once',
  { timeout: 120_000 },
  () => {
    const { project, known } = projectWithOne()
    const alone = launchWithoutAgent(project)
    const run = project.deploy()
    expect(statusesOf(run)).toEqual({ [known]: 'converged', [alone]: 'unreachable' })
    expect(run.hosts.find(({ id }) => id === alone)?.reason).toContain('no SSM agent')
    expect(run.exit).toBe(6)
    expect(waits(run.texts)).toEqual([`web: waiting for the SSM agents of ${alone} launched just now`])
    const again = project.deploy()
    expect(again.exit).toBe(6)
    expect(waits(again.texts)).toEqual([])
  },
)

test('where a group has no instance profile there is no agent to wait for', { timeout: 120_000 }, () => {
  const project = new SsmProject({ web: {}, db: { iam_instance_profile: undefined } })
  project.launch('web', 1)
  const [id = ''] = launchNow(project, 1, 'db')
  const run = project.deploy('db')
  expect(statusesOf(run)).toEqual({ [id]: 'unreachable' })
  expect(waits(run.texts)).toEqual([])
})
