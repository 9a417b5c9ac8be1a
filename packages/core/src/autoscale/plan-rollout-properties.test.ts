import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { applied } from '../../test/apply-plan.ts'
import { sampleGoal, sampleGround, sampleVersion, someOwner } from '../../test/sample-fleet.ts'
import type { Phase } from './fleet.ts'
import type { Ground } from './ground.ts'
import { planRollout } from './plan-rollout.ts'
import { planTakeBack } from './plan-take-back.ts'
import { planTakeDown } from './plan-take-down.ts'

const phase = fc.constantFrom<Phase[]>('staging', 'live', 'retiring', 'failed', 'deleting')
const digest = fc.constantFrom('a', 'b', 'c')
const frozen = fc.constantFrom([], ['AZRebalance', 'AlarmNotification'])

/** Whatever runs that were cut off, and people, can leave. */
const anyGround = fc
  .uniqueArray(
    fc.record({
      number: fc.nat(5),
      phase,
      digest,
      frozen,
      owner: fc.constantFrom(undefined, someOwner),
      isBeingDeleted: fc.boolean(),
      desired: fc.integer({ min: 0, max: 6 }),
    }),
    { selector: ({ number }) => number, maxLength: 4 },
  )
  .map((seeds) => {
    const versions = seeds
      .sort((a, b) => a.number - b.number)
      .map(({ number, phase: at, digest: of, frozen: some, owner, ...group }) => {
        // Only what is in charge is frozen.
        const suspended = at === 'staging' || at === 'failed' ? [] : [...some]
        return sampleVersion(number, at, of, { frozen: suspended, owner, group: { ...group, suspended } })
      })
    return sampleGround(versions)
  })

function settle(ground: Ground, force = false): Ground {
  return applied(ground, planRollout(ground, sampleGoal('b', { force })))
}

function expectSettled(ground: Ground): void {
  const { versions, live: serving, templates } = ground.fleet
  expect(versions).toHaveLength(1)
  expect(serving).toMatchObject({
    digest: 'b',
    owner: undefined,
    frozen: [],
    group: { isBeingDeleted: false, suspended: [] },
  })
  expect(templates.find(({ isDefault }) => isDefault)?.version).toBe(serving?.template)
  expect(planRollout(ground, sampleGoal('b'))).toEqual([])
}

describe('from whatever exists', () => {
  test('one version serves after the plan, the wanted one, and the next plan is empty', () => {
    fc.assert(fc.property(anyGround, fc.boolean(), (ground, force) => expectSettled(settle(ground, force))))
  })

  test('a plan that was cut off anywhere is gone on with', () => {
    fc.assert(
      fc.property(anyGround, fc.nat(), fc.boolean(), (ground, at, force) => {
        const plan = planRollout(ground, sampleGoal('b', { force }))
        const cut = applied(ground, plan.slice(0, plan.length === 0 ? 0 : at % plan.length))
        expectSettled(settle(cut))
      }),
    )
  })

  test('what is in charge is left alone until the next one is', () => {
    fc.assert(
      fc.property(anyGround, (ground) => {
        const plan = planRollout(ground, sampleGoal('b'))
        const name = ground.fleet.live?.group.name
        const promoted = plan.findIndex((step) => step.do === 'promote')
        const harmed = plan.findIndex(
          (step) =>
            'name' in step && step.name === name && /^(retire|detach|empty|delete-version)$/.test(step.do),
        )
        if (harmed !== -1) expect(promoted).toBeGreaterThan(-1)
        if (harmed !== -1) expect(harmed).toBeGreaterThan(promoted)
      }),
    )
  })

  test('after a failure is taken back, what was in charge is as before', () => {
    fc.assert(
      fc.property(anyGround, fc.nat(), (ground, at) => {
        const plan = planRollout(ground, sampleGoal('b'))
        const promoted = plan.findIndex((step) => step.do === 'promote')
        fc.pre(promoted !== -1 && ground.fleet.live?.group.isBeingDeleted === false)
        const failed = applied(ground, plan.slice(0, at % (promoted + 1)))
        const back = applied(failed, planTakeBack(failed)).fleet
        const { frozen: _frozen, owner: _owner, ...before } = ground.fleet.live ?? {}
        expect(back.live).toMatchObject({ ...before, frozen: [], owner: undefined, group: { suspended: [] } })
        expect(back.versions.at(-1)).toBe(back.live)
      }),
    )
  })

  test('nothing is left after a deletion', () => {
    fc.assert(
      fc.property(anyGround, (ground) => {
        const { fleet, settings } = applied(ground, planTakeDown(ground))
        expect([fleet.versions, fleet.templates, [...settings]]).toEqual([[], [], []])
      }),
    )
  })
})
