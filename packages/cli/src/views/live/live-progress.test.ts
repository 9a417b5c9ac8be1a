import type { VersionProgress } from '@package/core/autoscale/version-progress'
import type { Event } from '@package/core/ports/report'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { Screen } from '../../../test/screen.ts'
import { liveProgress } from './live-progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function terminal(columns = 60, rows = 10) {
  const screen = new Screen(columns, rows)
  const writes: string[] = []
  const err = (text: string) => {
    writes.push(text)
    screen.write(text.replaceAll('\n', '\r\n'))
  }
  const size = { columns, rows }
  const live = liveProgress({ out: err, err, hasColour: () => false, liveSize: () => size })
  return { live, screen, writes, size }
}

function pending(count: number, more: Partial<VersionProgress> = {}, group = 'web'): Event {
  const instances = Array.from({ length: count }, (_, index) => ({
    id: `i-${String(index)}`,
    zone: 'a',
    lifecycle: 'Pending',
    templateVersion: '1',
    waitsFor: 'pending',
  }))
  const health = { healthy: 0, wanted: count, instances }
  const data: VersionProgress = { name: `${group}-v001`, now: 5000, health, ...more }
  return { level: 'info', code: 'PROGRESS', text: 'text', group, data }
}

test('lines are written over, events stay above, and nothing is left in the end', () => {
  const { live, screen } = terminal()
  live.print('account 1\n')
  live.show(pending(2))
  expect(screen.text).toBe(
    `account 1\nweb-v001  [${' '.repeat(31)}]  0 of 2 healthy\n  i-0  a  pending\n  i-1  a  pending\n`,
  )
  live.print('other: put in charge\n', 'other')
  expect(screen.text).toMatch(/^account 1\nother: put in charge\nweb-v001 .*\n {2}i-0 .*\n {2}i-1 .*\n$/)
  live.print('web: done\n', 'web')
  expect(screen.text).toBe('account 1\nother: put in charge\nweb: done\n')
  live.show(pending(1))
  live.end()
  vi.advanceTimersByTime(5000)
  expect(screen.text).toBe('account 1\nother: put in charge\nweb: done\n')
})

test('groups keep their places', () => {
  const { live, screen } = terminal()
  live.show(pending(1, {}, 'one'))
  live.show(pending(1, {}, 'two'))
  live.print('one: put in charge\n', 'one')
  live.show(pending(1, {}, 'one'))
  vi.advanceTimersByTime(100)
  expect(screen.text).toMatch(/^one: put in charge\none-v001 .*\n {2}i-0 .*\ntwo-v001 .*\n {2}i-0 .*\n$/)
})

test('the area stays whole while events scroll the screen', () => {
  const { live, screen } = terminal(40, 6)
  const lines = Array.from({ length: 30 }, (_, index) => `event ${String(index)}, and more`.repeat(3))
  for (const line of lines) {
    live.show(pending(9))
    live.print(`${line}\n`)
  }
  const rows = lines.flatMap((line) => [line.slice(0, 40), line.slice(40)].filter((row) => row !== ''))
  expect(screen.lines.slice(0, rows.length)).toEqual(rows)
  expect(screen.lines.slice(rows.length).map((row) => row.slice(0, 8))).toEqual([
    'web-v001',
    '  i-0  a',
    '  i-1  a',
    '  i-2  a',
    '  and 6 ',
    '',
  ])
})

test('a thousand changes at once are two draws, the last one of them', () => {
  const { live, screen, writes } = terminal()
  for (let count = 1; count <= 1000; count += 1) live.show(pending(count))
  expect(writes).toHaveLength(1)
  vi.advanceTimersByTime(100)
  expect(writes).toHaveLength(2)
  expect(screen.text).toContain('0 of 1000 healthy')
})

test('the time left goes on by itself, on the clock of the action', () => {
  const { live, screen, writes } = terminal()
  live.show(pending(1, { now: 1_000_000, deadline: 1_060_000 }))
  expect(screen.text).toContain('1:00 left')
  vi.advanceTimersByTime(10_000)
  expect(screen.text).toContain('0:50 left')
  expect(writes).toHaveLength(11)
})

test('what has not changed is not drawn again', () => {
  const { live, writes } = terminal()
  live.show(pending(1))
  vi.advanceTimersByTime(60_000)
  expect(writes).toHaveLength(1)
})

test('a terminal that has become narrower wraps what was drawn', () => {
  const { live, writes, size } = terminal(60)
  live.show(pending(1))
  size.columns = 20
  vi.advanceTimersByTime(1000)
  expect(writes.at(-1)?.startsWith('\u001B[4A\r')).toBe(true)
})

test('the waits of other actions are one line', () => {
  const { live, screen } = terminal()
  const event = { level: 'info', code: 'PROGRESS', group: 'web' } as const
  live.show({ ...event, text: '0 of 2 running' })
  live.show({ ...event, text: '1 of 2 running', group: 'other' })
  vi.advanceTimersByTime(100)
  expect(screen.text).toBe('1 of 2 running\n')
  live.print('an event\n')
  expect(screen.text).toBe('an event\n')
})
