import { expect, test } from 'vitest'

import { groupsFrom, imageId, SeededImages } from './seeded-images.ts'

const mine = { 'package:project': 'tests', group: 'web', Name: 'mine' }
const foreign = { 'package:project': 'other' }

/** One in 25 each, so that every page of 1,000 has all. */
const useOf: Readonly<Record<number, (project: SeededImages, age: number) => string>> = {
  3: (project, age) => withInstance(project, age, 'running', mine),
  4: (project, age) => withInstance(project, age, 'stopped', mine),
  5: (project, age) => withInstance(project, age, 'running', foreign),
  6: (project, age) => withInstance(project, age, 'stopped', {}),
  8: (project, age) => project.addImage({ age, more: { launchPermissions: ['999999999999'] } }),
  10: (project, age) =>
    project.addImage({ age, more: { deregistrationProtection: { state: 'enabled-without-cooldown' } } }),
  12: (project, age) => project.addImage({ age, more: { isPublic: true } }),
  14: (project, age) => project.addImage({ age, state: 'pending' }),
}

function withInstance(
  project: SeededImages,
  age: number,
  state: 'running' | 'stopped' | 'terminated',
  tags: Record<string, string>,
): string {
  const id = project.addImage({ age })
  project.addInstance(id, state, tags)
  return id
}

/** The account, and the images that must survive a cleaning. */
function accountOf(count: number, keep: number) {
  const sources = [7, Math.ceil(count / 2) + 7, count - 18].map(imageId)
  const project = new SeededImages(groupsFrom({ one: sources[0], two: sources[1], three: sources[2] }))
  const kept = new Set(sources)
  const newest: { id: string; age: number }[] = []
  for (let number = 1; number <= count; number += 1) {
    // Their order of age is another than that of the pages.
    const age = (number * 1009) % count
    const isUsed = useOf[number % 25]
    if (isUsed) kept.add(isUsed(project, age))
    else if (number % 25 === 16) project.addImage({ age, state: 'failed' })
    else if (number % 25 === 18) withInstance(project, age, 'terminated', mine)
    else project.addImage({ age })
    if (![14, 16].includes(number % 25)) newest.push({ id: imageId(number), age })
  }
  newest.sort((a, b) => b.age - a.age)
  for (const { id } of newest.slice(0, keep)) kept.add(id)
  project.addImage({ age: 1, project: 'other' })
  project.addImage({ age: 1, group: 'one' })
  for (const id of [count + 1, count + 2].map(imageId)) kept.add(id)
  project.seed()
  return { project, kept: [...kept].sort() }
}

interface Event {
  code?: string
  data?: { operation?: string }
}

function eventsOf(out: string): Event[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event)
}

/** How often each operation was called. */
function countCalls(out: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { code, data } of eventsOf(out)) {
    if (code !== 'AWS_CALL') continue
    const name = data?.operation ?? ''
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

function planLines(out: string): string[] {
  return out.split('\n').filter((line) => line.startsWith('  '))
}

test('of 2,500 images on three pages exactly those go that are old and unused', { timeout: 600_000 }, () => {
  const { project, kept } = accountOf(2500, 10)
  const planned = project.run('packer:clean', 'web', '--dry-run')
  expect(planned).toMatchObject({ exit: 0 })
  expect(project.remaining().images).toHaveLength(2502)
  const cleaned = project.run('packer:clean', 'web', '--verbose', '--output', 'json')
  expect(cleaned).toMatchObject({ exit: 0 })
  const { images, snapshots } = project.remaining()
  expect(images.sort()).toEqual(kept)
  expect(snapshots).toHaveLength(images.length)
})
