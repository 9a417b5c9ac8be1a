import { expect, test } from 'vitest'

import { nameOf, sampleGroup } from '../../test/sample-fleet.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { TargetHealth } from '../ports/cloud/load-balancers.ts'
import type { GroupInstance } from '../ports/cloud/scaling-groups.ts'
import { instanceHealth, isHealthy } from './instance-health.ts'

interface Answers {
  checks?: Record<string, 'ok' | 'initializing' | 'impaired'>
  targets?: readonly TargetHealth[]
}

/** An AWS that answers this, and what it was asked. */
function cloudOf({ checks = {}, targets = [] }: Answers) {
  const asked: string[] = []
  const cloud: Pick<Cloud, 'statusChecks' | 'targetHealth'> = {
    statusChecks(ids) {
      asked.push(`checks of ${ids.join()}`)
      return Promise.resolve(new Map(Object.entries(checks)))
    },
    targetHealth(arn) {
      asked.push(`targets of ${arn}`)
      return Promise.resolve([...targets])
    },
  }
  return { cloud, asked }
}

function instance(id: string, more: Partial<GroupInstance> = {}): GroupInstance {
  return { id, zone: 'a', lifecycle: 'InService', isHealthy: true, isProtected: false, ...more }
}

const target = (state: string, reason = ''): TargetHealth => ({ instanceId: 'i-1', state, reason })
const ok: Answers = { checks: { 'i-1': 'ok' } }

test.each<[string, Partial<GroupInstance>, Answers, string]>([
  ['healthy', {}, { ...ok, targets: [target('healthy')] }, ''],
  [
    'one whose target is new',
    {},
    { ...ok, targets: [target('initial', 'Registration')] },
    'load balancer: initial in web: Registration',
  ],
  [
    'one that is no target',
    {},
    { ...ok, targets: [{ ...target('healthy'), instanceId: 'i-2' }] },
    'load balancer: not registered',
  ],
  ['one whose status checks fail', {}, { checks: { 'i-1': 'impaired' } }, 'status checks: impaired'],
  ['one without status checks', {}, {}, 'status checks: not begun'],
  [
    'one found unhealthy',
    { isHealthy: false },
    { ...ok, targets: [target('healthy')] },
    'found unhealthy by its group',
  ],
  [
    'one found unhealthy by its target',
    { isHealthy: false },
    { ...ok, targets: [target('unhealthy', 'Request timed out')] },
    'found unhealthy by its group: load balancer: unhealthy in web: Request timed out',
  ],
  ['one in a target group that no listener uses', {}, { ...ok, targets: [target('unused', '')] }, ''],
  ['one that converges', { lifecycle: 'Pending:Wait' }, {}, 'its first Chef run'],
  ['one that boots', { lifecycle: 'Pending' }, {}, 'pending'],
  ['one in standby', { lifecycle: 'Standby' }, {}, 'standby'],
  ['one that ends', { lifecycle: 'Terminating:Wait' }, {}, 'terminating:wait'],
])('%s waits for: %s', async (_, more, answers, waitsFor) => {
  const group = sampleGroup(nameOf(0), {
    instances: [instance('i-1', more)],
    targetGroupArns: ['arn:aws:targetgroup/web/1'],
  })
  const [found] = await instanceHealth(cloudOf(answers).cloud, group)
  expect(found?.waitsFor).toBe(waitsFor)
  expect(found && isHealthy(found)).toBe(waitsFor === '')
})

test('without a load balancer, the status checks decide', async () => {
  const group = sampleGroup(nameOf(0), { instances: [instance('i-1')], targetGroupArns: [] })
  const { cloud, asked } = cloudOf(ok)
  expect(await instanceHealth(cloud, group)).toEqual([
    { id: 'i-1', zone: 'a', lifecycle: 'InService', templateVersion: '', waitsFor: '' },
  ])
  expect(asked).toEqual(['checks of i-1'])
})

test('AWS is asked about instances in service only, and not at all without any', async () => {
  const pending = [instance('i-1', { lifecycle: 'Pending' }), instance('i-2', { lifecycle: 'Terminating' })]
  const none = cloudOf({})
  await instanceHealth(none.cloud, sampleGroup(nameOf(0), { instances: pending }))
  expect(none.asked).toEqual([])
  const one = cloudOf({})
  await instanceHealth(one.cloud, sampleGroup(nameOf(0), { instances: [...pending, instance('i-3')] }))
  expect(one.asked).toEqual(['checks of i-3', 'targets of tg-a'])
})
