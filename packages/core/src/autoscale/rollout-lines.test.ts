import { expect, test } from 'vitest'

import { sampleGoal, sampleGround, sampleVersion } from '../../test/sample-fleet.ts'
import { planRollout } from './plan-rollout.ts'
import { rolloutLines } from './rollout-lines.ts'
import type { RolloutStep } from './rollout-step.ts'

const name = 'web-v001'

test('an update is told step by step, without what is of no interest', () => {
  const goal = sampleGoal('b', { targetGroupArns: [] })
  const ground = sampleGround([sampleVersion(0, 'live', 'a')])
  expect(planRollout(ground, goal).flatMap(rolloutLines)).toEqual([
    'web-v001: create, with 2 of 2 to 4 instances, from image ami-1, t3.micro, digest b',
    'web-v000: suspend AZRebalance, AlarmNotification meanwhile',
    'web-v001: wait until all its instances are healthy',
    'web-v001: wait 60 s, so that the other nodes learn of it',
    'web-v001: be no smaller than web-v000',
    'web-v001: put in charge',
    'web-v000: take out of charge',
    'web-v000: detach and drain target group tg-a',
    'web-v000: end its instances',
    'web-v000: delete',
  ])
})

test.each<[RolloutStep, string[]]>([
  [{ do: 'claim', name, goesOn: false }, []],
  [{ do: 'claim', name, goesOn: true }, ['web-v001: go on with it']],
  [{ do: 'await-others', name, seconds: 0 }, []],
  [
    { do: 'attach', name, targetGroupArns: ['arn:aws:elasticloadbalancing:r:1:targetgroup/web-80/5f'] },
    ['web-v001: attach target group web-80'],
  ],
  [{ do: 'tag-commit', name, commit: 'abc' }, ['web-v001: note commit abc']],
  [{ do: 'thaw', name, processes: ['AZRebalance'] }, ['web-v001: resume AZRebalance']],
  [
    { do: 'set-default-template', templateId: 'lt-1', version: 3 },
    ['launch template: make version 3 the default'],
  ],
  [
    { do: 'delete-template-versions', templateId: 'lt-1', versions: [1, 2] },
    ['launch template: delete version 1, 2'],
  ],
  [
    { do: 'delete-template', templateId: 'lt-1', templateName: 'tests/web' },
    ['launch template tests/web: delete'],
  ],
  [{ do: 'release', name, isDone: true }, []],
])('%o', (step, expected) => {
  expect(rolloutLines(step)).toEqual(expected)
})
