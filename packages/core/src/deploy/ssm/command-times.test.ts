import { firstBoot } from '@package/templates/at-work'
import { agentScript } from '@package/templates/deploy'
import { expect, test } from 'vitest'

import { commandTimes, urlLifetime } from './command-times.ts'

const now = 1_763_700_000_000

test('an agent that begins at the last moment, and waits for a first boot, has time to fetch', () => {
  const { deliveryTimeout, beginUntil } = commandTimes(now, now + urlLifetime * 1000)
  expect(deliveryTimeout).toBe(3600)
  expect(beginUntil).toBe(now + 3_300_000)
  expect(urlLifetime - deliveryTimeout - firstBoot.longestWait).toBeGreaterThanOrEqual(300)
})

test('so long as is counted on, the script waits for a first boot', () => {
  const script = agentScript({
    run: 'run-1',
    digest: 'f00d',
    dna: {},
    chef: { install: 'none', version: '18' },
    whyRun: false,
    url: 'https://bucket',
    instanceIds: ['i-1'],
  })
  expect(/"\$waited" -ge (\d+)/.exec(script)?.[1]).toBe(String(firstBoot.longestWait))
})

test('where credentials end before, hosts are begun as long as they can fetch at once', () => {
  const soon = now + 600_000
  expect(commandTimes(now, soon)).toEqual({ deliveryTimeout: 600, beginUntil: soon - 300_000 })
  expect(commandTimes(now, now + 10_000).deliveryTimeout).toBe(30)
})
