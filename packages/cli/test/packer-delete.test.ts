import { expect, test } from 'vitest'

import { nodesText, type Run } from './project.ts'
import { groupsFrom, imageId, SeededImages, snapshotOf } from './seeded-images.ts'

/** What the last line of a run with --output json holds. */
function dataOf({ out }: Run): Record<string, unknown> {
  const last = out.trimEnd().split('\n').at(-1) ?? ''
  return (JSON.parse(last) as { data: Record<string, unknown> }).data
}

const message = 'The snapshot is currently in use by ami-1'
const inUse = { kind: 'error', code: 'InvalidSnapshot.InUse', message, status: 400 }

test('a snapshot that an image of somebody else needs is named as left, until that image is gone', () => {
  const project = new SeededImages()
  project.addImage({ age: 1 })
  const other = project.addImage({ age: 1, project: 'other', snapshotId: snapshotOf(1) })
  project.seed()
  const deleted = project.run('packer:delete', 'web', '--yes', '--output', 'json')
  expect(deleted.exit).toBe(6)
  expect(dataOf(deleted)['snapshots_left']).toEqual([
    { id: snapshotOf(1), reason: expect.stringContaining(`in use by ${other}`) as string },
  ])
  expect(project.remaining()).toEqual({ images: [other], snapshots: [snapshotOf(1)] })

  const again = project.run('packer:delete', 'web', '--yes')
  expect(again).toMatchObject({ exit: 6, err: expect.stringContaining(`${snapshotOf(1)} is left`) as string })
  for (const image of Object.values(project.ec2.images)) image.isDeregistered = true
  project.seed()
  expect(project.run('packer:delete', 'web', '--yes')).toMatchObject({ exit: 0 })
  expect(project.remaining()).toEqual({ images: [], snapshots: [] })
})

test('a snapshot that two images of a group share goes with the last of them', () => {
  const project = new SeededImages()
  project.addImage({ age: 1 })
  project.addImage({ age: 2, snapshotId: snapshotOf(1) })
  project.seed()
  expect(project.run('packer:delete', 'web', '--yes')).toMatchObject({ exit: 0 })
  expect(project.remaining()).toEqual({ images: [], snapshots: [] })
})

test('packer:delete finds the snapshots that an earlier run has left', () => {
  const project = new SeededImages()
  const orphan = project.addOrphan(101)
  project.seed()
  const planned = project.run('packer:delete', 'web', '--dry-run')
  expect(planned.out).toContain(`remove  ${orphan}: its image is gone`)
  const rules = [{ operation: 'DeleteSnapshot', calls: [1], fault: inUse }]
  const refused = project.runWithFaults({ rules }, 'packer:delete', 'web', '--yes')
  expect(refused).toMatchObject({ exit: 6, err: expect.stringContaining(`${orphan} is left`) as string })
  expect(project.run('packer:delete', 'web', '--yes')).toMatchObject({ exit: 0 })
  expect(project.remaining().snapshots).toEqual([])
  expect(project.run('packer:delete', 'web', '--yes').out).toBe('nothing to do\n')
})

test('packer:clean of all groups finds the snapshots of groups that are gone; of one group it does not', () => {
  const project = new SeededImages()
  const orphan = project.addOrphan(101)
  project.ec2.tags[orphan] = { 'package:project': 'tests', group: 'gone' }
  const untagged = project.addOrphan(102)
  project.ec2.tags[untagged] = { 'package:project': 'tests' }
  project.seed()
  expect(project.run('packer:clean', 'web')).toMatchObject({ exit: 0, out: 'no images\n' })
  expect(project.remaining().snapshots).toEqual([orphan, untagged])
  const cleaned = project.run('packer:clean')
  expect(cleaned.exit).toBe(0)
  expect(cleaned.out).toContain(`gone in eu-central-1\n  remove  ${orphan}: its image is gone\n`)
  expect(project.remaining().snapshots).toEqual([])
})

test.each(['self', '123456789012'])('what a filter of another group finds in %s stays', (owner) => {
  const one = { owner, name: 'web *' }
  const project = new SeededImages(groupsFrom({ one }))
  for (const age of [1, 3, 2]) project.addImage({ age })
  project.seed()
  const cleaned = project.run('packer:clean', 'web', '-n', '0')
  expect(cleaned).toMatchObject({ exit: 0, out: expect.stringContaining('source_ami of one') as string })
  expect(project.remaining().images).toEqual([imageId(2)])
  const used = project.run('packer:delete', 'web', '--yes')
  expect(used).toMatchObject({
    exit: 4,
    err: expect.stringContaining(`${imageId(2)} (source_ami of one)`) as string,
  })
  project.write('nodes.json', nodesText(groupsFrom({})))
  expect(project.run('packer:delete', 'web', '--yes')).toMatchObject({ exit: 0 })
})

test('a template alone is asked about too, and goes in either format; those of other groups stay', () => {
  const project = new SeededImages(groupsFrom({ one: imageId(9) }))
  const paths = ['packer/web.json', 'packer/web.pkr.json', 'packer/one.json']
  for (const path of paths) project.write(path, '{}\n')
  project.seed()
  const unasked = project.run('packer:delete', 'web')
  expect(unasked).toMatchObject({
    exit: 2,
    err: expect.stringContaining('Remove packer/web.json, packer/web.pkr.json?') as string,
  })
  expect(paths.map((path) => project.has(path))).toEqual([true, true, true])
  expect(project.run('packer:delete', 'web', '--yes')).toMatchObject({ exit: 0 })
  expect(paths.map((path) => project.has(path))).toEqual([false, false, true])
})

test('packer:list says that it does not ask whom images are shared with', () => {
  const project = new SeededImages()
  project.addImage({ age: 1, more: { launchPermissions: ['999999999999'] } })
  project.seed()
  expect(project.run('packer:list').out).toContain('\nwhom images are shared with is not asked here: ')
  expect(dataOf(project.run('packer:list', '--output', 'json'))).toMatchObject({ sharing_asked: false })
})
