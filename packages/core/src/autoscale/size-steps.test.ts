import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { GroupSetting, ScalingGroup } from '../ports/cloud/scaling-groups.ts'
import { type InPlace, planSizes, sizeLines, sizesDue } from './size-steps.ts'

const timings = { healthCheck: 'EC2' as const, gracePeriod: 300, cooldown: 300 }
const wanted: InPlace = {
  sizes: { min: 2, max: 4, desired: 2 },
  timings,
  subnetIds: ['subnet-a', 'subnet-b'],
  settings: [],
}

function running(change: Partial<ScalingGroup> = {}): ScalingGroup {
  return {
    name: 'web-v000',
    arn: '',
    templates: [],
    targetGroupArns: [],
    suspended: [],
    isBeingDeleted: false,
    tags: {},
    instances: [],
    ...wanted.sizes,
    ...timings,
    subnetIds: ['subnet-b', 'subnet-a'],
    ...change,
  }
}

function schedule(definition: GroupSetting['definition']): GroupSetting {
  return { kind: 'schedule', name: 'package/schedule-1', definition }
}

describe('a running group', () => {
  test('stays as it is where it is as declared, whatever the order of subnets', () => {
    expect(planSizes(wanted, running())).toEqual([])
  })

  test('keeps what it has scaled to', () => {
    expect(planSizes(wanted, running({ desired: 4 }))).toEqual([])
    expect(planSizes({ ...wanted, sizes: { ...wanted.sizes, desired: 3 } }, running())).toEqual([])
  })

  test('gets only what differs', () => {
    expect(planSizes({ ...wanted, sizes: { ...wanted.sizes, max: 8 } }, running({ desired: 3 }))).toEqual([
      { do: 'resize', name: 'web-v000', change: { max: 8 }, from: { max: 4 } },
    ])
    expect(planSizes({ ...wanted, subnetIds: ['subnet-c'] }, running({ cooldown: 1 }))).toEqual([
      {
        do: 'resize',
        name: 'web-v000',
        change: { cooldown: 300, subnetIds: ['subnet-c'] },
        from: { cooldown: 1, subnetIds: ['subnet-b', 'subnet-a'] },
      },
    ])
  })

  test.each([
    [1, 2],
    [9, 4],
  ])('of %i instances is brought to %i', (desired, clamped) => {
    const [step] = planSizes(wanted, running({ min: 0, max: 9, desired }))
    expect(step?.change).toEqual({ min: 2, max: 4, desired: clamped })
  })

  test('is told of in the words of nodes.json', () => {
    const [step] = planSizes({ ...wanted, subnetIds: ['subnet-c'] }, running({ max: 9, healthCheck: 'ELB' }))
    expect(step && sizeLines(step)).toEqual([
      'web-v000: node_max 9 -> 4',
      'web-v000: health_check ELB -> EC2',
      'web-v000: subnets subnet-b,subnet-a -> subnet-c',
    ])
  })
})

describe('a group that its schedule has resized', () => {
  const night = schedule({ MinSize: 0, MaxSize: 0 })
  const asleep = { min: 0, max: 0, desired: 0 }

  test('sleeps on', () => {
    expect(sizesDue({ ...wanted, settings: [night] }, asleep)).toEqual(asleep)
  })

  test('is woken once nodes.json has no such schedule, or somebody else has set these sizes', () => {
    expect(sizesDue(wanted, asleep)).toEqual(wanted.sizes)
    expect(sizesDue({ ...wanted, settings: [{ ...night, kind: 'policy' }] }, asleep)).toEqual(wanted.sizes)
  })

  test('gets what is declared where the two together would be out of order', () => {
    const settings = [schedule({ MinSize: 8 })]
    expect(sizesDue({ ...wanted, settings }, { min: 8, max: 9, desired: 8 })).toEqual({
      min: 2,
      max: 4,
      desired: 4,
    })
  })
})

const size = fc.nat(6)
const sizes = fc
  .tuple(size, size, size)
  .map((each) => each.sort((a, b) => a - b))
  .map(([min, desired, max]) => ({ min, desired, max }))
const schedules = fc.array(fc.record({ MinSize: size, MaxSize: size }, { requiredKeys: [] }).map(schedule))
const subnetIds = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))

test('after the plan the sizes are in order, and there is nothing to do', () => {
  fc.assert(
    fc.property(sizes, sizes, schedules, subnetIds, subnetIds, (declared, live, settings, wantedIds, ids) => {
      const goal = { ...wanted, sizes: declared, settings, subnetIds: wantedIds }
      const before = running({ ...live, subnetIds: ids })
      const change = planSizes(goal, before)[0]?.change
      const after = { ...before, ...change, subnetIds: [...(change?.subnetIds ?? ids)] }
      expect(planSizes(goal, after)).toEqual([])
      expect(after.min).toBeLessThanOrEqual(after.desired)
      expect(after.desired).toBeLessThanOrEqual(after.max)
      const isAllowed = live.desired >= after.min && live.desired <= after.max
      expect(after.desired === live.desired).toBe(isAllowed)
    }),
  )
})
