import { expect, test } from 'vitest'

import type { TargetHealth } from '../ports/cloud/load-balancers.ts'
import { targetHealthOf } from './target-health.ts'

const arnOf = (name: string) => `arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/${name}/1`
const target = (instanceId: string, state: string, reason = ''): TargetHealth => ({
  instanceId,
  state,
  reason,
})

async function healthIn(groups: Record<string, TargetHealth[]>) {
  const cloud = { targetHealth: (arn: string) => Promise.resolve(groups[arn.split('/')[1] ?? ''] ?? []) }
  const health = await targetHealthOf(cloud, Object.keys(groups).map(arnOf))
  return health && Object.fromEntries(health)
}

test('healthy is who is healthy in every target group', async () => {
  const health = await healthIn({
    http: [target('i-1', 'healthy'), target('i-2', 'healthy'), target('i-3', 'healthy')],
    https: [target('i-1', 'healthy'), target('i-2', 'unhealthy', 'Health checks failed')],
  })
  expect(health).toEqual({
    'i-1': { isHealthy: true, text: '' },
    'i-2': { isHealthy: false, text: 'unhealthy in https: Health checks failed' },
    'i-3': { isHealthy: false, text: 'not in https' },
  })
})

test.each(['initial', 'draining', 'unavailable'])('%s is not healthy', async (state) => {
  expect(await healthIn({ http: [target('i-1', state)] })).toEqual({
    'i-1': { isHealthy: false, text: `${state} in http` },
  })
})

test('says everything that is wrong with one', async () => {
  const health = await healthIn({
    a: [target('i-1', 'initial')],
    b: [target('i-1', 'unhealthy', 'timed out')],
  })
  expect(health?.['i-1']?.text).toBe('initial in a; unhealthy in b: timed out')
})

test.each([{}, { idle: [target('i-1', 'unused')] }])('in %j nobody has a say', async (groups) => {
  expect(await healthIn(groups)).toBeUndefined()
})

test('a target group that no listener forwards to has no say', async () => {
  const targets = { http: [target('i-1', 'healthy')], https: [target('i-1', 'unused')] }
  expect(await healthIn(targets)).toEqual({ 'i-1': { isHealthy: true, text: '' } })
})

test('a target group that knows no target yet has a say', async () => {
  const health = await healthIn({ http: [target('i-1', 'healthy')], https: [] })
  expect(health).toEqual({ 'i-1': { isHealthy: false, text: 'not in https' } })
})

test('an unused target of a group that forwards is not healthy', async () => {
  const health = await healthIn({ http: [target('i-1', 'healthy'), target('i-2', 'unused')] })
  expect(health).toMatchObject({ 'i-2': { isHealthy: false, text: 'unused in http' } })
})
