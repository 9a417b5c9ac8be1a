import { describe, expect, test } from 'vitest'

import { buildOf, buildText, isLeftOver } from './builder.ts'

const me = { runId: '20261121T110000Z-aaaaaa', operator: 'ops@desk', processId: 7 }
const begun = { runId: '20261121T090000Z-bbbbbb', operator: 'ops@desk', processId: 5, startedAt: 1_000_000 }
const hour = 3_600_000

test('a build is read as it was written; anything else is none', () => {
  expect(buildOf(buildText(begun))).toEqual(begun)
  for (const text of [undefined, '', 'x', 'a/b/c/d', 'a/b/1/2/3']) expect(buildOf(text)).toBeUndefined()
})

describe('a build is left over', () => {
  const witness = (alive: boolean, now = begun.startedAt) => ({ now, isAlive: () => alive })

  test('on this machine, when its process is gone, and not before', () => {
    expect(isLeftOver(begun, me, witness(false))).toBe(true)
    expect(isLeftOver(begun, me, witness(true, begun.startedAt + 100 * hour))).toBe(false)
  })

  test('of another machine, when it is too old to be alive', () => {
    const elsewhere = { ...begun, operator: 'ops@other' }
    expect(isLeftOver(elsewhere, me, witness(false, begun.startedAt + hour))).toBe(false)
    expect(isLeftOver(elsewhere, me, witness(true, begun.startedAt + 5 * hour))).toBe(true)
  })

  test('never when it is of this run, or of nobody', () => {
    expect(isLeftOver({ ...begun, runId: me.runId }, me, witness(false))).toBe(false)
    expect(isLeftOver(undefined, me, witness(false))).toBe(false)
  })
})
