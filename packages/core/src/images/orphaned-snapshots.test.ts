import { expect, test } from 'vitest'

import type { Image } from '../ports/cloud/images.ts'
import { orphanedSnapshots } from './orphaned-snapshots.ts'

const image = { id: 'ami-0a', snapshotIds: ['snap-2'] } as unknown as Image

test.each([
  ['Created by CreateImage(i-01) for ami-0b', 'snap-1', true],
  ['Copied for DestinationAmi ami-0b from SourceAmi ami-0a for SourceSnapshot snap-9', 'snap-1', true],
  ['Created by CreateImage(i-01) for ami-0a', 'snap-1', false],
  ['Created by CreateImage(i-01) for ami-0b', 'snap-2', false],
  ['nightly backup of the database for ami people', 'snap-1', false],
  ['', 'snap-1', false],
])('a snapshot that says "%s" (%s) is an orphan: %s', (description, id, expected) => {
  const found = orphanedSnapshots([{ id, description, tags: {} }], [image])
  expect(found).toHaveLength(expected ? 1 : 0)
})
