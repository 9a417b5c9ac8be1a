import { describe, expect, test } from 'vitest'

import { nodesText, type Run } from './project.ts'
import { groupsFrom, imageId, SeededImages, snapshotOf } from './seeded-images.ts'

const mine = { 'package:project': 'tests', group: 'web', Name: 'mine' }
const foreign = { 'package:project': 'other' }

type Use = (project: SeededImages, age: number) => string

/** One in 25 each, so that every page of 1,000 has all; with how the plan names them. */
const useOf: Readonly<Record<number, readonly [string, Use]>> = {
  3: ['(mine), running', (project, age) => withInstance(project, age, 'running', mine)],
  4: ['(mine), stopped', (project, age) => withInstance(project, age, 'stopped', mine)],
  5: [', running', (project, age) => withInstance(project, age, 'running', foreign)],
  6: [', stopped', (project, age) => withInstance(project, age, 'stopped', {})],
  8: [
    'shared with 999999999999',
    (project, age) => project.addImage({ age, more: { launchPermissions: ['999999999999'] } }),
  ],
  10: [
    'protected against deregistration',
    (project, age) =>
      project.addImage({ age, more: { deregistrationProtection: { state: 'enabled-without-cooldown' } } }),
  ],
  12: ['public', (project, age) => project.addImage({ age, more: { isPublic: true } })],
  14: ['still being made', (project, age) => project.addImage({ age, state: 'pending' })],
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

/** The account, and the images that must survive a cleaning, each with a part of the reason. */
function accountOf(count: number, keep: number) {
  const sources = [7, Math.ceil(count / 2) + 7, count - 18].map(imageId)
  const project = new SeededImages(groupsFrom({ one: sources[0], two: sources[1], three: sources[2] }))
  const kept = new Map<string, string>()
  const newest: { id: string; age: number }[] = []
  for (let number = 1; number <= count; number += 1) {
    // Their order of age is another than that of the pages.
    const age = (number * 1009) % count
    const [reason, add] = useOf[number % 25] ?? []
    if (reason !== undefined && add) kept.set(add(project, age), reason)
    else if (number % 25 === 16) project.addImage({ age, state: 'failed' })
    else if (number % 25 === 18) withInstance(project, age, 'terminated', mine)
    else if (number % 3 !== 0) kept.set(withInstance(project, age, 'running', mine), '(mine), running')
    else project.addImage({ age })
    if (![14, 16].includes(number % 25)) newest.push({ id: imageId(number), age })
  }
  for (const id of sources) kept.set(id, 'source_ami of ')
  newest.sort((a, b) => b.age - a.age)
  for (const { id } of newest.slice(0, keep)) kept.set(id, `of the newest ${String(keep)}`)
  project.addImage({ age: 1, project: 'other' })
  project.addImage({ age: 1, group: 'one' })
  project.seed()
  return { project, kept, surviving: [...kept.keys(), imageId(count + 1), imageId(count + 2)].sort() }
}

interface Call {
  operation: string
  status: number
}

interface Plan {
  images: { id: string; do: 'keep' | 'remove'; reason: string }[]
  snapshots_left: { id: string; reason: string }[]
}

/** What a run with --output json has to say: the result, and how often each operation was called. */
function readRun({ out }: Run) {
  const events = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { code?: string; data?: unknown })
  const calls: Record<string, number> = {}
  for (const { code, data } of events) {
    if (code !== 'AWS_CALL') continue
    const { operation } = data as Call
    calls[operation] = (calls[operation] ?? 0) + 1
  }
  return { plan: events.at(-1)?.data as Plan, calls }
}

function idsOf({ images }: Plan, what: 'keep' | 'remove'): string[] {
  return images.flatMap(({ id, do: step }) => (step === what ? [id] : []))
}

const asJson = ['--verbose', '--output', 'json']

test('of 2,500 images on three pages exactly those go that are old and unused', { timeout: 120_000 }, () => {
  const { project, kept, surviving } = accountOf(2500, 10)
  const before = project.remaining().images
  expect(before).toHaveLength(2502)
  const planned = project.run('packer:clean', 'web', '--dry-run', ...asJson)
  expect(planned).toMatchObject({ exit: 0 })
  const { plan, calls: asked } = readRun(planned)
  expect(project.remaining().images).toEqual(before)
  expect(Object.keys(asked).filter((name) => !/^(Describe|Get)/.test(name))).toEqual([])
  expect(plan.images).toHaveLength(2500)
  for (const { id, do: step, reason } of plan.images) {
    expect(reason, id).toContain(kept.get(id) ?? 'unused')
    expect(step, id).toBe(kept.has(id) ? 'keep' : 'remove')
  }

  const faultOn = (operation: string, calls: number[]) => ({ operation, calls, fault: { kind: 'throttle' } })
  const rules = [faultOn('DescribeImages', [2]), faultOn('DeregisterImage', [1, 2, 3, 300, 500])]
  const cleaned = project.runWithFaults({ rules }, 'packer:clean', 'web', ...asJson)
  expect(cleaned).toMatchObject({ exit: 0 })
  const { plan: done, calls } = readRun(cleaned)
  expect(done.images).toEqual(plan.images)
  const { images, snapshots } = project.remaining()
  expect(images.sort()).toEqual(surviving)
  expect(snapshots).toHaveLength(images.length)
  const removed = idsOf(plan, 'remove')
  expect(before.filter((id) => !images.includes(id)).sort()).toEqual(removed.sort())
  const shared = plan.images.filter(({ reason }) => reason.startsWith('shared with')).length
  const candidates = plan.images.filter(
    ({ reason }) => !/^still being made|of the newest/.test(reason),
  ).length
  expect(calls).toEqual({
    GetCallerIdentity: 1,
    DescribeImages: 3 + 1,
    DescribeSnapshots: 3,
    DescribeInstances: Math.ceil(candidates / 200),
    DescribeLaunchTemplateVersions: 1,
    DescribeAutoScalingGroups: 1,
    DescribeImageAttribute: removed.length + shared,
    DeregisterImage: removed.length + 5,
  })
})

test('a third of the calls throttled or unanswered, the end is the same', { timeout: 60_000 }, () => {
  const { project, surviving } = accountOf(40, 2)
  const rules = [
    { probability: 0.2, fault: { kind: 'throttle' } },
    { probability: 0.2, fault: { kind: 'lose-answer' } },
  ]
  const clean = ['packer:clean', 'web', '-n', '2']
  expect(project.runWithFaults({ seed: 5, rules }, ...clean)).toMatchObject({ exit: 0 })
  const { images, snapshots } = project.remaining()
  expect(images.sort()).toEqual(surviving)
  expect(snapshots).toHaveLength(images.length)
})

describe.each(['killBefore', 'killAfter'])('cut off dead (%s any call)', (cut) => {
  test('a rerun finishes', { timeout: 120_000 }, () => {
    const clean = ['packer:clean', 'web', '-n', '2']
    const whole = accountOf(40, 2)
    const count = whole.project.calls(...clean).length
    expect(count).toBeGreaterThan(15)
    for (let call = 1; call <= count; call += 1) {
      const { project, surviving } = accountOf(40, 2)
      expect.soft(project.runWithFaults({ [cut]: call }, ...clean).exit, `call ${String(call)}`).toBe(null)
      expect.soft(project.run(...clean), `call ${String(call)}`).toMatchObject({ exit: 0 })
      const { images, snapshots } = project.remaining()
      expect.soft(images.sort(), `call ${String(call)}`).toEqual(surviving)
      expect.soft(snapshots, `call ${String(call)}`).toHaveLength(images.length)
    }
  })
})

test('a snapshot that AWS refuses to delete is named, and deleted by the next run', () => {
  const project = new SeededImages()
  for (const age of [1, 2, 3]) project.addImage({ age })
  const [first, second] = [project.addOrphan(101), project.addOrphan(102)]
  project.seed()
  const clean = ['packer:clean', 'web', '-n', '1']
  const message = `The snapshot ${first} is currently in use by ami-1`
  const fault = { kind: 'error', code: 'InvalidSnapshot.InUse', message, status: 400 }
  const rules = [{ operation: 'DeleteSnapshot', calls: [1], fault }]
  expect(project.run(...clean, '--dry-run').out).toContain(`remove  ${first}: its image is gone`)
  const refused = project.runWithFaults({ rules }, ...clean, ...asJson)
  expect(refused.exit).toBe(6)
  expect(readRun(refused).plan.snapshots_left).toMatchObject([
    { id: first, reason: expect.stringContaining(message) as string },
  ])
  expect(refused.out).toContain('SNAPSHOT_LEFT')
  expect(project.remaining()).toEqual({ images: [imageId(3)], snapshots: [snapshotOf(3), first] })
  expect(project.remaining().snapshots).not.toContain(second)
  expect(project.run(...clean)).toMatchObject({ exit: 0 })
  expect(project.remaining().snapshots).toEqual([snapshotOf(3)])
})

test('a snapshot that another image needs stays with that one, and goes with it', () => {
  const project = new SeededImages()
  project.addImage({ age: 1 })
  project.addImage({ age: 2, snapshotId: snapshotOf(1) })
  project.seed()
  for (const line of [`remove  ${imageId(1)}`, `keep    ${imageId(2)}`]) {
    const { exit, out } = project.run('packer:clean', 'web', '-n', '1')
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringContaining(line) as string })
    expect(out).not.toContain(snapshotOf(1))
    expect(project.remaining()).toEqual({ images: [imageId(2)], snapshots: [snapshotOf(1)] })
  }
  expect(project.run('packer:clean', 'web', '-n', '0')).toMatchObject({ exit: 0 })
  expect(project.remaining()).toEqual({ images: [], snapshots: [] })
})

test('a group is deleted whole, with its template, unless an image is in use', () => {
  const project = new SeededImages(groupsFrom({ one: imageId(2) }))
  for (const age of [1, 2]) project.addImage({ age })
  const other = project.addImage({ age: 1, group: 'one' })
  project.seed()
  const used = project.run('packer:delete', 'web', '--yes')
  expect(used).toMatchObject({
    exit: 4,
    err: expect.stringContaining(`${imageId(2)} (source_ami of one)`) as string,
  })
  expect(project.remaining().images).toHaveLength(3)
  expect(project.has('packer/web.json')).toBe(true)

  project.write('nodes.json', nodesText(groupsFrom({ one: 'ami-0ffffffffffffffff' })))
  const unasked = project.run('packer:delete', 'web')
  expect(unasked).toMatchObject({ exit: 2, err: expect.stringContaining('--yes') as string })
  const planned = project.run('packer:delete', 'web', '--dry-run')
  expect(planned).toMatchObject({
    exit: 0,
    out: expect.stringContaining('remove  packer/web.json') as string,
  })
  expect(project.remaining().images).toHaveLength(3)
  expect(project.has('packer/web.json')).toBe(true)

  expect(project.run('packer:delete', 'web', '--yes')).toMatchObject({ exit: 0 })
  expect(project.remaining()).toEqual({ images: [other], snapshots: [snapshotOf(3)] })
  expect(project.has('packer/web.json')).toBe(false)
})
