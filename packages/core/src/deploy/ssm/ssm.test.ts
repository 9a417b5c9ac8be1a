import { expect, test } from 'vitest'

import type { InvocationStatus } from '../../ports/cloud/commands.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { HostSaid } from '../host-said.ts'
import { sayWhoIsMeant } from './agents-of-group.ts'
import { commandBatches } from './command-batches.ts'
import { invocationEnd } from './invocation-end.ts'

const tags = { 'package:project': 'bees', group: 'web' }

function instances(count: number, autoscaled = 0): Instance[] {
  return Array.from({ length: count }, (_, index) => {
    const more = index < autoscaled ? { 'aws:autoscaling:groupName': 'web-v000' } : {}
    return { id: `i-${String(index)}`, tags: { ...tags, ...more } } as unknown as Instance
  })
}

test('a whole group is one command by its tags; a part of it, or one alone, is by id', () => {
  expect(commandBatches(instances(200), tags).map(({ to }) => to)).toEqual([{ tags }])
  expect(commandBatches(instances(1), tags).map(({ to }) => to)).toEqual([{ ids: ['i-0'] }])
  const named = commandBatches(instances(120), undefined)
  expect(named.map((batch) => batch.instances.length)).toEqual([50, 50, 20])
  expect(commandBatches([], tags)).toEqual([])
})

test('tags say who is meant where all that is managed among their carriers is meant, and online', () => {
  const [one, two] = instances(2).map(({ id }) => id)
  const online = [one, two].map((id) => [id ?? '', 'online'] as const)
  expect(sayWhoIsMeant(new Map(online), instances(3))).toBe(true)
  expect(sayWhoIsMeant(new Map(online), instances(1))).toBe(false)
  expect(sayWhoIsMeant(new Map([...online, ['i-2', 'silent']]), instances(3))).toBe(false)
})

test('instances of an autoscale group and others have other DNA, and commands of their own', () => {
  const batches = commandBatches(instances(5, 2), tags)
  expect(batches.map((batch) => [batch.areAutoscaled, batch.instances.length])).toEqual([
    [true, 2],
    [false, 3],
  ])
})

const said: HostSaid = {
  hasBegun: true,
  wantsBundle: true,
  busyWith: undefined,
  step: 'chef-solo',
  lines: ['FATAL: no'],
}

test.each<[InvocationStatus, Partial<HostSaid>, object]>([
  ['Success', {}, { status: 'converged', bundle: 'sent' }],
  ['Success', { wantsBundle: false }, { status: 'converged', bundle: 'present' }],
  ['Success', { hasBegun: false }, { status: 'failed' }],
  ['Failed', {}, { status: 'failed', reason: 'chef-solo failed with exit code 3: no' }],
  [
    'Failed',
    { hasBegun: false, lines: ['document process failed unexpectedly: document worker timed out'] },
    { status: 'lost' },
  ],
  ['ExecutionTimedOut', {}, { status: 'timed out', reason: 'cut off at: chef-solo' }],
  [
    'ExecutionTimedOut',
    { hasBegun: false, step: '', lines: [] },
    { reason: 'cut off before anything was said' },
  ],
  ['Terminated', {}, { status: 'not started' }],
  ['DeliveryTimedOut', {}, { status: 'unreachable' }],
  ['Undeliverable', {}, { status: 'unreachable' }],
])('%s with %o', (status, more, expected) => {
  const invocation = { instanceId: 'i-0', status, beginning: '' }
  const output = { exitCode: 3, output: '', errors: '' }
  expect(invocationEnd(invocation, { ...said, ...more }, output)).toMatchObject(expected)
})
