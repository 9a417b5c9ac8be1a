import fc from 'fast-check'
import { expect, test } from 'vitest'

import { atWork, isAtWork, ownerText, rolloutOwner } from './rollout-owner.ts'

const ann = { runId: 'r1', operator: 'ann@laptop', processId: 7, seenAt: 1_000_000 }
const me = { runId: 'r2', operator: 'bob@server', processId: 8, now: 1_000_000, isAlive: () => true }
const onLaptop = { ...me, operator: 'bob@laptop' }

test.each([
  ['one elsewhere who was seen a moment ago', me, true],
  ['one elsewhere who was silent for two minutes', { ...me, now: 1_120_000 }, true],
  ['one elsewhere who was silent for longer', { ...me, now: 1_120_001 }, false],
  ['one elsewhere, whose process this machine cannot know', { ...me, isAlive: () => false }, true],
  ['one on this machine whose process runs', onLaptop, true],
  ['one on this machine whose process is gone', { ...onLaptop, isAlive: () => false }, false],
  ['one on this machine who hangs', { ...onLaptop, now: 1_120_001 }, false],
  ['this very run', { ...me, runId: 'r1' }, false],
])('%s: at work is %s', (_, witness, expected) => {
  expect(isAtWork(ann, witness)).toBe(expected)
})

test('the process that is asked about is that of the tag', () => {
  const asked: number[] = []
  isAtWork(ann, { ...onLaptop, isAlive: (processId) => asked.push(processId) > 0 })
  expect(asked).toEqual([7])
})

const word = fc.stringMatching(/^[^/]{1,20}$/)

test('what is written into the tag is read from it', () => {
  fc.assert(
    fc.property(word, word, fc.nat(), fc.nat(), (runId, operator, processId, seenAt) => {
      const owner = { runId, operator, processId, seenAt }
      expect(rolloutOwner(ownerText(owner))).toEqual(owner)
    }),
  )
})

test.each([
  undefined,
  '',
  'ann',
  'r1/ann@laptop/7',
  'r1/ann@laptop/7/soon',
  'r1/ann@laptop/-7/5',
  'r1/a/b/7/5',
])('nobody is at work by %j', (text) => {
  expect(rolloutOwner(text)).toBeUndefined()
})

test('the refusal says who, which run, and how long ago', () => {
  const error = atWork('web-v001', ann, 1_031_400)
  expect(error).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
  expect(error.message).toBe('ann@laptop is at work on web-v001: run r1, process 7, seen 31 s ago')
  expect(error.hint).toContain('--takeover')
  expect(atWork('web-v001', ann, 0).message).toContain('seen 0 s ago')
})
