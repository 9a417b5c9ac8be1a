import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'

import { expect, test } from 'vitest'

import { DeployProject, deployRun } from './deploy-project.ts'
import { cli } from './project.ts'

test('folders and keys may have spaces, and what ssh reads as something else', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  project.launch('web', 1)
  const folder = 'a b%h "c"'
  mkdirSync(project.path(folder))
  for (const name of ['nodes.json', 'cookbooks', '.package']) {
    cpSync(project.path(name), project.path(`${folder}/${name}`), { recursive: true })
  }
  cpSync(project.path('key.pem'), project.path(`${folder}/my %k.pem`))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'instance:deploy', '--key', 'my %k.pem', '--output', 'json'],
    { cwd: project.path(folder), encoding: 'utf8', env: { ...process.env, ...project.environment } },
  )
  const { hosts } = deployRun({ exit: status, out: stdout, err: stderr })
  expect(hosts).toMatchObject([{ status: 'converged' }])
})

test(
  "the operator's own configuration of a host does not run something else there",
  { timeout: 60_000 },
  () => {
    const project = new DeployProject()
    project.launch('web', 1)
    const config = 'Host i-*\n  RemoteCommand tmux\n  RequestTTY force\n'
    project.write('bin/ssh', `#!/bin/sh\nexec /usr/bin/ssh -F "${project.path('config')}" "$@"\n`)
    spawnSync('chmod', ['755', project.path('bin/ssh')])
    project.write('config', config)
    const path = `${project.path('bin')}:${process.env['PATH'] ?? ''}`
    const run = project.runWith(
      { ...project.environment, PATH: path },
      'instance:deploy',
      '--key',
      'key.pem',
      '--output',
      'json',
    )
    expect(deployRun(run).hosts).toMatchObject([{ status: 'converged' }])
  },
)

test('without an ssh client nobody is connected to, and that is said once', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  project.launch('web', 3)
  const run = project.runWith(
    { ...project.environment, PATH: project.path('bin') },
    'instance:deploy',
    '--key',
    'key.pem',
  )
  expect(run).toMatchObject({ exit: 1, err: expect.stringContaining('SSH_MISSING') as string })
  expect(run.err).not.toContain('unreachable')
  expect(project.has('.package/runs')).toBe(false)
})
