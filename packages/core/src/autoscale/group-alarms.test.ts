import { expect, test } from 'vitest'

import type { Cloud } from '../ports/cloud/cloud.ts'
import { planAlarms, readAlarms } from './group-alarms.ts'

const topic = 'arn:aws:sns:us-east-1:123456789012:fleet'

function policy(version: string, name: string): string {
  return `arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:1:autoScalingGroupName/${version}:policyName/${name}`
}

test('an alarm is our own by what it does, not by its name', async () => {
  const own = [
    { name: 'tests/web/busy', actions: [policy('web-v003', 'package/busy')] },
    { name: 'tests/web/gone', actions: [policy('web-v000', 'package/gone')] },
  ]
  const others = [
    { name: 'tests/web/told', actions: [policy('web-v003', 'package/told'), topic] },
    { name: 'tests/web/nothing', actions: [] },
    { name: 'tests/web/theirs', actions: [policy('web-v003', 'theirs')] },
    // Of the group `api` in an environment that is called `web`.
    { name: 'tests/web/api/busy', actions: [policy('web-api-v000', 'package/busy')] },
  ]
  const asked: string[] = []
  const cloud: Pick<Cloud, 'alarmsNamedLike'> = {
    alarmsNamedLike(prefix) {
      asked.push(prefix)
      return Promise.resolve([...own, ...others])
    },
  }
  const owner = { project: 'tests', environment: undefined }
  expect(await readAlarms({ cloud, owner, group: 'web' })).toEqual(['tests/web/busy', 'tests/web/gone'])
  expect(asked).toEqual(['tests/web/'])
})

test('those that no setting has go', () => {
  const kept = { kind: 'policy' as const, name: 'package/busy', definition: { Alarms: [{ AlarmName: 'a' }] } }
  const tracking = { kind: 'policy' as const, name: 'package/cpu', definition: {} }
  expect(planAlarms(['a', 'b', 'c'], [kept, tracking])).toEqual([{ do: 'delete-alarms', alarms: ['b', 'c'] }])
  expect(planAlarms(['a'], [kept])).toEqual([])
})
