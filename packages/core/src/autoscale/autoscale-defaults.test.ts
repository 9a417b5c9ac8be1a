import { describe, expect, test } from 'vitest'

import { PackageError } from '../errors.ts'
import type { Autoscale, NodeGroup, ScheduledAction } from '../groups/node-group.ts'
import { autoscaleOf } from './autoscale-defaults.ts'

function of(autoscale: Autoscale, more: NodeGroup = {}) {
  return autoscaleOf({ name: 'web', own: {}, fields: { ...more, autoscale } })
}

describe('what an autoscale object leaves open', () => {
  test('has the defaults of the field', () => {
    expect(of({ node_min: 2 })).toEqual({
      sizes: { min: 2, max: 2, desired: 2 },
      timings: { healthCheck: 'EC2', gracePeriod: 300, cooldown: 300 },
      timeout: 0,
      healthTimeout: 900,
      converge: 'none',
      policies: [],
      schedule: [],
    })
  })

  test('is not what it says, zero included', () => {
    const said = {
      node_min: 0,
      node_max: 9,
      desired: 0,
      grace_period: 0,
      cooldown: 1,
      timeout: 2,
      health_timeout: 3,
    }
    expect(of(said)).toMatchObject({
      sizes: { min: 0, max: 9, desired: 0 },
      timings: { gracePeriod: 0, cooldown: 1 },
      timeout: 2,
      healthTimeout: 3,
    })
  })

  test('follows the load balancer, unless it is said', () => {
    expect(of({}, { load_balancer: {} }).timings.healthCheck).toBe('ELB')
    expect(of({}, { load_balancer: false }).timings.healthCheck).toBe('EC2')
    expect(of({ health_check: 'ec2' }, { load_balancer: {} }).timings.healthCheck).toBe('EC2')
  })

  test('is a hook where nodes can complete one, unless it is said', () => {
    expect(of({}, { iam_instance_profile: 'web' }).converge).toBe('hook')
    expect(of({ converge: 'none' }, { iam_instance_profile: 'web' }).converge).toBe('none')
  })

  test('is refused without the object', () => {
    expect(() => autoscaleOf({ name: 'web', own: {}, fields: { autoscale: false } })).toThrow(PackageError)
  })
})

describe('the sizes of scheduled actions', () => {
  const scheduled = (...schedule: Omit<ScheduledAction, 'cron'>[]) =>
    of({ node_min: 2, node_max: 4, schedule: schedule.map((action) => ({ cron: '0 7 * * *', ...action })) })

  test.each([
    ['a desired above node_max', { desired: 5 }],
    ['a desired below node_min', { desired: 1 }],
    ['a node_min above node_max', { node_min: 5 }],
    ['a node_max below node_min', { node_max: 1 }],
  ])('are refused where the group never allows %s', (_, action) => {
    expect(() => scheduled({ desired: 3 }, action)).toThrow(/\/web\/autoscale\/schedule\/1/)
  })

  test('may be what the action itself, or another one, makes room for', () => {
    expect(scheduled({ node_min: 0, desired: 0 }).schedule).toHaveLength(1)
    expect(scheduled({ node_max: 8 }, { desired: 8 }, { node_min: 8 }).schedule).toHaveLength(3)
  })
})
