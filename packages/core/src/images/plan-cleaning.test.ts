import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Image } from '../ports/cloud/images.ts'
import { candidates, planCleaning } from './plan-cleaning.ts'

function image(id: string, createdAt: string, state = 'available'): Image {
  return {
    id,
    name: id,
    ownerId: '123456789012',
    state,
    architecture: 'x86_64',
    createdAt,
    rootDevice: '/dev/sda1',
    snapshotIds: [],
    isPublic: false,
    isDeregistrationProtected: false,
    tags: {},
  }
}

const ids = (steps: ReturnType<typeof planCleaning>, wanted: 'keep' | 'remove') =>
  steps.flatMap((step) => (step.do === wanted ? [step.image.id] : []))

describe('planCleaning', () => {
  const images = [image('b', '2026-02'), image('d', '2026-04'), image('a', '2026-01'), image('c', '2026-03')]

  test('keeps the newest, whatever order they come in', () => {
    expect(ids(planCleaning(images, 2, new Map()), 'remove')).toEqual(['b', 'a'])
  })

  test('never removes what something uses, and says what', () => {
    const steps = planCleaning(images, 1, new Map([['a', ['instance i-1', 'source_ami of web']]]))
    expect(ids(steps, 'remove')).toEqual(['c', 'b'])
    expect(steps.at(-1)?.reason).toBe('instance i-1; source_ami of web')
  })

  test('does not count an image that failed among those it keeps, and leaves one alone that is being made', () => {
    const odd = [image('f', '2026-06', 'failed'), image('e', '2026-05', 'pending'), ...images]
    expect(ids(planCleaning(odd, 3, new Map()), 'remove')).toEqual(['f', 'a'])
  })

  test('with 0 keeps only what is used', () => {
    expect(ids(planCleaning(images, 0, new Map([['c', ['x']]])), 'keep')).toEqual(['c'])
  })

  test('asks about exactly those that go when nothing uses them', () => {
    const some = fc.array(
      fc.record({
        id: fc.string({ minLength: 1 }),
        createdAt: fc.constantFrom('2026-01', '2026-02', '2026-03'),
        state: fc.constantFrom('available', 'pending', 'failed'),
      }),
    )
    fc.assert(
      fc.property(some, fc.nat(5), (records, keep) => {
        const all = records.map(({ id, createdAt, state }) => image(id, createdAt, state))
        const asked = candidates(all, keep).map(({ id }) => id)
        expect(asked).toEqual(ids(planCleaning(all, keep, new Map()), 'remove'))
        const kept = planCleaning(all, keep, new Map()).filter(
          ({ image: { state }, do: step }) => step === 'keep' && state === 'available',
        )
        const available = all.filter(({ state }) => state === 'available')
        expect(kept).toHaveLength(Math.min(keep, available.length))
      }),
    )
  })
})
