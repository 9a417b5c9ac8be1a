import { expect, test } from 'vitest'

import { removed, words } from '../../test/rollout-words.ts'
import { launchHook, leaving, live, nameOf, sampleGround } from '../../test/sample-fleet.ts'
import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import { planTakeDown } from './plan-take-down.ts'

test('a deletion takes alarms, versions and template', () => {
  const ground = sampleGround([leaving(0, 'a'), live(1, 'b')])
  const alarmed: GroupSetting = { kind: 'policy', name: 'package/queue', definition: { Alarms: [] } }
  const settings = new Map([[nameOf(1), [launchHook, alarmed]]])
  const plan = planTakeDown({ ...ground, settings, alarms: ['tests/web/old'] })
  expect(words(plan)).toEqual([
    'claim 1',
    'claim 0',
    'remove-setting 1',
    'delete-alarms',
    ...removed(1),
    ...removed(0).slice(0, -1),
    'remove-load-balancer',
    'delete-template',
    ...removed(0).slice(-1),
  ])
  expect(planTakeDown(sampleGround([]))).toEqual([{ do: 'remove-load-balancer' }])
})
