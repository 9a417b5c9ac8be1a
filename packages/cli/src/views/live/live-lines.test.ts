import type { InstanceHealth } from '@package/core/autoscale/instance-health'
import { describe, expect, test } from 'vitest'

import { liveLines, type LiveState } from './live-lines.ts'
import type { LiveSize } from './live-line.ts'
import { shareLines } from './share-lines.ts'
import { timeLeft } from './time-left.ts'
import type { LiveVersion } from './version-line.ts'

function instances(...reasons: string[]): InstanceHealth[] {
  return reasons.map((waitsFor, index) => ({
    id: `i-${String(index)}`,
    zone: 'eu-west-1a',
    lifecycle: waitsFor === '' ? 'InService' : 'Pending',
    templateVersion: '1',
    waitsFor,
  }))
}

function version(name: string, ...reasons: string[]): LiveVersion {
  const all = instances(...reasons)
  const healthy = reasons.filter((reason) => reason === '').length
  return { name, left: 845_000, health: { healthy, wanted: reasons.length, instances: all } }
}

const fleet = version(
  'big-v002',
  ...Array<string>(482).fill(''),
  'pending',
  ...Array<string>(17).fill('standby'),
)
const texts = (state: Partial<LiveState>, size: LiveSize) =>
  liveLines({ versions: [], note: undefined, ...state }, size).map(({ text }) => text)

describe('the live area', () => {
  test('an instance a line, and a bar', () => {
    expect(texts({ versions: [version('web-v001', 'pending', '')] }, { columns: 60, rows: 24 })).toEqual([
      'web-v001  [#########          ]  1 of 2 healthy  14:05 left',
      '  i-0  eu-west-1a  pending',
      '  i-1  eu-west-1a  healthy',
    ])
  })

  test('groups side by side', () => {
    const versions = [
      version('web-v001', ''),
      { name: 'longer-v012', waitsFor: 'the other nodes to learn of it', left: 42_000 },
      { name: 'old-v000', waitsFor: 'its deletion', left: undefined },
    ]
    expect(texts({ versions, note: 'load balancer x is provisioning' }, { columns: 70, rows: 24 })).toEqual([
      'web-v001     [##########################]  1 of 1 healthy  14:05 left',
      '  i-0  eu-west-1a  healthy',
      'longer-v012  waits for the other nodes to learn of it  0:42 left',
      'old-v000     waits for its deletion',
      'load balancer x is provisioning',
    ])
  })

  test('of more instances than there are lines, the unhealthy ones first', () => {
    expect(texts({ versions: [fleet] }, { columns: 80, rows: 24 })).toEqual([
      expect.stringMatching(/^big-v002 {2}\[#+ +\] {2}482 of 500 healthy {2}14:05 left$/),
      '  i-482  eu-west-1a  pending',
      ...Array.from({ length: 17 }, (_, index) => `  i-${String(483 + index)}  eu-west-1a  standby`),
      '  i-0  eu-west-1a  healthy',
      '  i-1  eu-west-1a  healthy',
      '  i-2  eu-west-1a  healthy',
      '  and 479 more healthy',
    ])
    expect(texts({ versions: [fleet] }, { columns: 80, rows: 5 }).slice(1)).toEqual([
      '  i-482  eu-west-1a  pending',
      '  i-483  eu-west-1a  standby',
      '  and 498 more: 16 standby, 482 healthy',
    ])
  })

  test('more groups than there are lines', () => {
    const versions = ['a', 'b', 'c', 'd'].map((name) => version(name, 'pending'))
    expect(texts({ versions }, { columns: 20, rows: 4 })).toEqual([
      expect.stringMatching(/^a /),
      expect.stringMatching(/^b /),
      'and 2 more groups',
    ])
  })

  test('what AWS says moves no cursor', () => {
    const [, text] = texts({ versions: [version('web', 'a\nb\u001B[2J')] }, { columns: 80, rows: 24 })
    expect(text).toBe('  i-0  eu-west-1a  a?b?[2J')
  })
})

const sizes = [1, 2, 10, 39, 40, 80, 200].flatMap((columns) =>
  [1, 2, 3, 5, 24, 60].map((rows) => [columns, rows] as const),
)

test.each(sizes)('fits a terminal of %i columns and %i rows', (columns, rows) => {
  const states: LiveState[] = [
    { versions: [fleet], note: undefined },
    { versions: [fleet, version('web-v001', 'pending', ''), fleet], note: 'x'.repeat(300) },
    { versions: Array<LiveVersion>(30).fill(fleet), note: undefined },
    { versions: [{ name: 'a', waitsFor: 'its deletion', left: undefined }], note: 'b' },
    { versions: [version('none-v000')], note: undefined },
  ]
  for (const state of states) {
    const lines = liveLines(state, { columns, rows })
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1))
    for (const { text } of lines) expect(text.length).toBeLessThanOrEqual(Math.max(1, columns - 1))
  }
})

test('says how many are healthy also where there is no room for a bar', () => {
  const [line] = texts({ versions: [version('web-v001', '', 'pending')] }, { columns: 45, rows: 24 })
  expect(line).toBe('web-v001  1 of 2 healthy  14:05 left')
})

test.each([
  [[3, 3], 10, [3, 3]],
  [[500, 3], 10, [7, 3]],
  [[500, 3, 500], 10, [3, 3, 4]],
  [[2, 2, 2], 2, [0, 1, 1]],
  [[5], 0, [0]],
  [[], 3, []],
])('%j lines from %i', (needs, lines, expected) => {
  expect(shareLines(needs, lines)).toEqual(expected)
})

test.each([
  [0, '0:00'],
  [-5000, '0:00'],
  [1, '0:01'],
  [61_000, '1:01'],
  [3_600_000, '1:00:00'],
  [3_665_000, '1:01:05'],
])('%i ms are %s', (milliseconds, expected) => {
  expect(timeLeft(milliseconds)).toBe(expected)
})

test('of a deploy, how many converged, and the hosts at work', () => {
  const host = { id: 'i-1', zone: 'eu-west-1a', waitsFor: 'at work' }
  const health = { healthy: 12, wanted: 200, aim: 'converged', instances: [host] } as const
  const versions: LiveVersion[] = [{ name: 'web', left: undefined, health }]
  expect(texts({ versions }, { columns: 60, rows: 24 })).toEqual([
    'web  [#                              ]  12 of 200 converged',
    '  i-1  eu-west-1a  at work',
  ])
})
