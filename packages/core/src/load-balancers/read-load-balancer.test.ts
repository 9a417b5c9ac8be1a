import { describe, expect, test } from 'vitest'

import { group, loadBalancer, names, tags, wanted } from '../../test/sample-load-balancer.ts'
import { planLoadBalancer } from './plan-load-balancer.ts'
import { planRemoval } from './plan-removal.ts'
import { sortOut } from './read-load-balancer.ts'

describe('what has a name of ours', () => {
  const others = [
    {},
    { 'package:project': 'hive' },
    { ...tags, 'package:project': 'other' },
    { ...tags, 'package:environment': 'staging' },
    { ...tags, group: 'www2' },
  ]

  test.each(others)('is nothing of ours with the tags %j: a conflict, and never removed', (foreignTags) => {
    const foreign = { ...loadBalancer, tags: foreignTags }
    const actual = sortOut(names, [foreign], [group('www-80', { tags: foreignTags })])
    expect(actual).toMatchObject({ loadBalancer: undefined, targetGroups: [] })
    expect(() => planLoadBalancer(wanted, actual)).toThrow(
      expect.objectContaining({ kind: 'conflict', code: 'LOAD_BALANCER_FOREIGN' }),
    )
    expect(() => planLoadBalancer(wanted, { ...actual, foreign: actual.foreign.slice(1) })).toThrow(
      'target group www-80',
    )
    expect(planRemoval(actual)).toEqual([])
  })

  test('others may have target groups whose names only begin as ours', () => {
    const actual = sortOut(
      names,
      [loadBalancer],
      [group('www-api-1', { tags: { ...tags, group: 'www-api' } })],
    )
    expect(actual).toMatchObject({ loadBalancer, targetGroups: [], foreign: [] })
  })

  test('may carry further tags', () => {
    const further = { ...loadBalancer, tags: { ...tags, cost: 'centre' } }
    expect(sortOut(names, [further], []).loadBalancer).toBe(further)
  })
})
