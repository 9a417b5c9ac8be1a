import { describe, expect, test } from 'vitest'

import { asWanted, group, nothing } from '../../test/sample-load-balancer.ts'
import { planRemoval } from './plan-removal.ts'
import { stepLine } from './step-line.ts'

describe('planRemoval', () => {
  test('removes everything, target groups last', () => {
    const lines = planRemoval({
      ...asWanted,
      targetGroups: [...asWanted.targetGroups, group('www-old')],
    }).map(stepLine)
    expect(lines).toEqual([
      'delete listener 443',
      'delete listener 80',
      'delete load balancer www-1',
      'delete target group www-443',
      'delete target group www-80',
      'delete target group www-old',
    ])
  })

  test('removes what an interrupted one has left', () => {
    const actual = { ...nothing, targetGroups: [group('www-80')] }
    expect(planRemoval(actual)).toEqual([{ do: 'delete-target-group', name: 'www-80' }])
    expect(planRemoval(nothing)).toEqual([])
  })
})
