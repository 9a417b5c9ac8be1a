import type { Event } from '@package/core/ports/report'
import { expect, test } from 'vitest'

import { plainProgress } from './plain-progress.ts'

function looks(total: number, minutes: number): Event[] {
  const count = minutes * 12
  return Array.from({ length: count + 1 }, (_, index) => {
    const healthy = Math.floor((total * index) / count)
    const instance = { id: 'i-1', zone: 'a', lifecycle: '', templateVersion: '1', waitsFor: '' }
    const health = { healthy, wanted: total, instances: Array.from({ length: total }, () => instance) }
    return {
      level: 'info',
      code: 'PROGRESS',
      text: '',
      data: { name: 'web-v001', now: index * 5000, health },
    }
  })
}

test('few instances: every change is a line', () => {
  const events = looks(10, 2)
  expect(events.filter(plainProgress())).toEqual(events)
})

test('five hundred: some lines, the first and the last among them', () => {
  const events = looks(500, 15)
  const told = events.filter(plainProgress())
  expect(told.length).toBeLessThan(40)
  expect([told[0], told.at(-1)]).toEqual([events[0], events.at(-1)])
})

test('five hundred that do not come: a line a minute', () => {
  const stuck = looks(500, 15).map((event, index) => ({ ...looks(500, 15)[0], ...event, index }))
  const told = stuck
    .map((event) => {
      const data = event.data as { health: object }
      return { ...event, data: { ...data, health: { ...data.health, healthy: 3 } } }
    })
    .filter(plainProgress())
  expect(told).toHaveLength(16)
})

test('other waits are a line each', () => {
  const event: Event = { level: 'info', code: 'PROGRESS', text: '0 of 2 running' }
  expect([event, event].filter(plainProgress())).toHaveLength(2)
})
