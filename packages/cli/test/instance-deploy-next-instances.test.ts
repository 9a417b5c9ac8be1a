import { expect, test } from 'vitest'

import { deployRun } from './deploy-project.ts'
import { FleetProject } from './fleet-project.ts'
import { SsmProject } from './ssm-project.ts'

const published = ['tests/-/web/bundle.tar.gz', 'tests/-/web/bundle.sha256']

test(
  'a version that was launched without artifacts_bucket fetches nothing: it is said until it is replaced',
  { timeout: 120_000 },
  () => {
    const project = new FleetProject()
    project.settleBucket()
    project.makeBucket()
    for (const words of [['--dry-run'], [], []]) {
      const { exit, texts } = project.deploy(...words)
      const all = texts.join('\n')
      expect(exit).toBe(0)
      expect(all).toContain('the next instance of its autoscale group would come up without this one')
      expect(all).toContain('; package autoscale:update web')
      expect(all).not.toContain('packer:run')
      expect(all).not.toContain('its next instances fetch')
    }
    expect(project.objects()).toEqual(published)
    project.expectDone('autoscale:update', 'web')
    const same = project.deploy()
    expect(same.exit).toBe(0)
    expect(same.texts.join('\n')).not.toContain('next instance')
    project.recipe('log "second"\n')
    const changed = project.deploy().texts
    expect(changed).toContain('web: its next instances fetch this bundle from tests-artifacts')
    expect(changed.join('\n')).not.toContain('would come up without')
  },
)

test(
  'what cannot be published keeps no host from being deployed to, and is no success',
  { timeout: 120_000 },
  () => {
    const project = new FleetProject({ artifacts_bucket: 'tests-artifacts' })
    project.makeBucket()
    const words = ['instance:deploy', 'web', '--key', 'key.pem']
    expect(project.calls(...words)).toContain('s3:PutObject')
    expect(project.objects()).toEqual(published)
    expect(project.calls(...words)).not.toContain('s3:PutObject')
    const fault = { kind: 'error', code: 'AccessDenied', message: 'Access Denied', status: 403 }
    project.recipe('log "changed"\n')
    const rules = [{ operation: 'PutObject', fault }]
    const half = deployRun(project.runWithFaults({ rules }, ...words, '--output', 'json'))
    expect(half.exit).toBe(6)
    expect(half.hosts.map(({ status }) => status)).toEqual(['converged', 'converged', 'converged'])
    expect(half.texts.join('\n')).toContain('web: its next instances come up without this bundle: ')
  },
)

test('instances that no autoscale group has launched have no successors', { timeout: 60_000 }, () => {
  const project = new SsmProject()
  project.launch('web', 1)
  project.settings({ artifacts_bucket: 'nobody-has-it' })
  const words = ['instance:deploy', '--key', 'key.pem', '--output', 'json']
  const { exit, texts } = deployRun(project.run(...words))
  expect(exit).toBe(0)
  expect(texts.join('\n')).not.toContain('next instances')
})

test('nobody is told to bake what has failed on the canary', { timeout: 60_000 }, () => {
  const project = new FleetProject()
  expect(project.deploy().exit).toBe(0)
  for (const id of project.liveInstances()) project.chef(id, 'exit 1')
  const failed = project.deploy()
  expect(failed.exit).toBe(6)
  expect(failed.texts.join('\n')).not.toContain('packer:run')
  for (const id of project.liveInstances()) project.chef(id, 'exit 0')
  expect(project.deploy('--retry-failed').texts.join('\n')).toContain('packer:run')
})

test(
  'what was deployed to a part of the autoscale group is not what its successors begin with',
  { timeout: 120_000 },
  () => {
    const project = new FleetProject({ artifacts_bucket: 'tests-artifacts' })
    project.makeBucket()
    const trial = project.deploy('--name', 'try')
    expect(trial.exit).toBe(0)
    expect(trial.texts.join('\n')).not.toContain('next instances')
    expect(project.objects()).toEqual([])

    expect(project.deploy('--why-run').exit).toBe(0)
    for (const id of project.liveInstances()) project.chef(id, 'exit 1')
    expect(project.deploy().texts.join('\n')).not.toContain('next instances')
    expect(project.objects()).toEqual([])
    for (const id of project.liveInstances()) project.chef(id, 'exit 0')

    const [other = ''] = project.fleet()
    project.chef(other, 'exit 1')
    expect(project.deploy('--no-canary').texts.join('\n')).toContain('its next instances fetch this bundle')
    const retried = project.deploy('--retry-failed')
    expect(retried.hosts.map(({ status }) => status)).toEqual(['failed'])
    expect(retried.texts.join('\n')).not.toContain('next instances')
    project.recipe('log "mended"\n')
    project.chef(other, 'exit 0')
    const mended = project.deploy('--retry-failed')
    expect(mended.exit).toBe(0)
    expect(mended.texts).toContain(
      'web: its next instances come up without this bundle, as only a part of its autoscale group was deployed to; package instance:deploy web',
    )
    expect(project.deploy().texts.join('\n')).toContain('its next instances fetch this bundle')
  },
)
