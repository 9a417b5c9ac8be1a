import { expect, test } from 'vitest'

import type { GroupStatus, InstanceStatus, VersionStatus } from './group-status.ts'
import { statusLines } from './status-lines.ts'

const digest = 'a'.repeat(64)

function version(more: Partial<VersionStatus> = {}): VersionStatus {
  const sizes = { min: 1, max: 4, desired: 2 }
  return {
    name: 'web-v000',
    phase: 'live',
    image: 'ami-1',
    digest,
    sizes,
    healthy: 2,
    suspended: [],
    settings: [],
    instances: [],
    ...more,
  }
}

function instances(healthy: number, unhealthy: number): InstanceStatus[] {
  return Array.from({ length: healthy + unhealthy }, (_, index) => ({
    id: `i-${String(index)}`,
    zone: 'us-east-1a',
    state: index < healthy ? 'InService' : 'Pending:Wait',
    healthy: index < healthy,
    waits_for: index < healthy ? '' : 'its first Chef run',
  }))
}

const lines = (more: Partial<GroupStatus>) =>
  statusLines({ group: 'web', status: 'up to date', versions: [version()], pending: [], ...more })

test('a version that is emptied says how many instances are left', () => {
  const sizes = { min: 0, max: 0, desired: 0 }
  const left = (count: number) => {
    const emptied = version({ phase: 'retiring', sizes, healthy: count, instances: instances(count, 0) })
    return lines({ versions: [emptied] })[1]
  }
  expect([left(1), left(2)]).toEqual([
    '  web-v000  retiring  1 instance left',
    '  web-v000  retiring  2 instances left',
  ])
})

test('a group that does not run', () => {
  expect(lines({ status: 'absent', versions: [] })).toEqual([
    'web: does not run; package autoscale:run web starts it',
  ])
  expect(lines({ status: 'absent', versions: [], left: ['load balancer web-1', 'listener 80'] })).toEqual([
    'web: does not run; left of web: load balancer web-1, listener 80; package autoscale:run web goes on with that, package autoscale:delete web removes it',
  ])
})

test('one version', () => {
  const settings = [
    { kind: 'schedule', name: 'package/schedule-1', declared: true, text: 'min 0 at 0 22 * * * (Etc/UTC)' },
    { kind: 'policy', name: 'by-hand', declared: false, text: '' },
  ]
  const commit = `${'b'.repeat(40)}-dirty`
  expect(lines({ versions: [version({ settings, commit, instances: instances(1, 1) })] })).toEqual([
    'web: up to date',
    '  web-v000  live  2 of 2 healthy, 1 to 4',
    '    image     ami-1',
    '    digest    aaaaaaaaaaaa',
    '    commit    bbbbbbbbbbbb-dirty',
    '    schedule  min 0 at 0 22 * * * (Etc/UTC)',
    '    policy    by-hand (not of nodes.json)',
    '    i-1  us-east-1a  Pending:Wait  its first Chef run',
    '    i-0  us-east-1a  InService     healthy',
  ])
})

test('two versions while somebody is at work, and after they were cut off', () => {
  const owner = { operator: 'ann@desk', run: '2026-r', process: 7, seconds_ago: 12, at_work: true }
  const suspended = ['AZRebalance', 'AlarmNotification']
  const versions = [version({ suspended }), version({ name: 'web-v001', phase: 'staging', owner })]
  const shown = lines({ status: 'at work', versions })
  expect(shown[0]).toBe('web: somebody is at work on it')
  expect(shown).toContain('    suspended  AZRebalance, AlarmNotification')
  expect(shown).toContain('    at work  ann@desk, run 2026-r, process 7, seen 12 s ago')
  const cutOff = lines({ status: 'unfinished', versions: [version({ owner: { ...owner, at_work: false } })] })
  expect(cutOff[0]).toBe('web: a run was cut off; the next one goes on with it')
  expect(cutOff).toContain('    cut off  ann@desk, run 2026-r, process 7, seen 12 s ago')
})

test.each([
  [{ newer_image: 'ami-2', files_differ: false }, 'an update would replace it: a newer image, ami-2'],
  [
    { newer_image: 'ami-2', files_differ: true },
    'an update would replace it: a newer image, ami-2, and what the files say of its instances',
  ],
  [{ files_differ: true }, 'an update would replace it: what the files say of its instances'],
  [
    { template_gone: true },
    'an update would replace it: somebody has deleted the launch template version that it starts from',
  ],
  [
    { failed: ['web-v001'] },
    'web-v001 failed and is kept to be looked at; nothing serves; package autoscale:run web starts another',
  ],
  [
    { failed: ['web-v001'], files_differ: true },
    'web-v001 failed and is kept to be looked at; an update would replace it: what the files say of its instances',
  ],
  [{}, 'settings differ from the files; no instance would be replaced'],
])('why an update would do something: %j', (more, expected) => {
  expect(lines({ ...more, status: 'outdated', versions: [], pending: ['web-v001: create'] })).toEqual([
    `web: ${expected}`,
    '  package autoscale:update web would:',
    '    web-v001: create',
  ])
})

test('of five hundred instances all that are unhealthy, and some', () => {
  const few = lines({ versions: [version({ instances: instances(497, 3) })] })
  expect(few).toHaveLength(5 + 20 + 1)
  expect(few.slice(5, 8).every((line) => line.endsWith('its first Chef run'))).toBe(true)
  expect(few.at(-1)).toBe('    and 480 more healthy')
  expect(lines({ versions: [version({ instances: instances(400, 100) })] }).at(-1)).toBe(
    '    and 400 more healthy',
  )
})
