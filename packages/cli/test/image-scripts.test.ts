import { chmodSync, statSync } from 'node:fs'

import { expect, test } from 'vitest'

import { imageScripts } from '../../templates/src/image-scripts.ts'
import { input, nodeWithChef } from './scripted-node.ts'

/** In the place of sudo: there is nobody whom files could be given to. */
const sudo = '#!/bin/sh\n[ "$1" = chown ] || exec "$@"\n'

test('the data bags of an image are for root alone, from the first moment', async () => {
  const node = nodeWithChef('stat -c %a "$PACKAGE_ROOT/data_bags"')
  node.write('bin/sudo', sudo)
  chmodSync(node.path('bin/sudo'), 0o755)
  const { dna, chef } = input
  const { prepareUpload, converge } = imageScripts({ folders: ['roles', 'data_bags/users'], chef, dna })
  const run = (lines: readonly string[]) =>
    node.startScript(['set -e', 'umask 022', `cd '${node.folder}'`, ...lines].join('\n'))
  expect(await run(prepareUpload).exit).toBe(0)
  node.write('package-upload/data_bags/users/admin.json', '{"id":"admin"}')
  const converged = run(converge)
  expect({ exit: await converged.exit, said: converged.said() }).toEqual({ exit: 0, said: '700\n' })
  expect(node.read('opt/package/data_bags/users/admin.json')).toBe('{"id":"admin"}')
  expect(statSync(node.path('opt/package/roles')).mode & 0o777).toBe(0o755)
})
