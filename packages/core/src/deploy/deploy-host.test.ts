import type { ScriptEnd } from '../ports/shell.ts'
import { expect, test } from 'vitest'

import type { Instance } from '../ports/cloud/instances.ts'
import { deployHost } from './deploy-host.ts'

const run = '20261121T120000Z-abcdef'

/** What becomes of a host whose script says this, and then ends. */
function deployed(lines: readonly string[], end: ScriptEnd) {
  return deployHost({
    way: {
      prepare: () => Promise.resolve(),
      reach: () => Promise.resolve({ reached: true }),
      run(_instance, { onLine }) {
        for (const line of lines) onLine(line)
        return Promise.resolve(end)
      },
    },
    instance: { id: 'i-00000001' } as Instance,
    bundle: { digest: 'a'.repeat(64), archive: new Uint8Array() },
    script: { run, dna: {}, chef: { install: 'none', version: '18' }, whyRun: false },
    log: () => undefined,
  })
}

test('why a host failed is not what an earlier step said', async () => {
  const lines = [
    `package:${run} begun`,
    `package:${run} step installing Chef`,
    'chef-solo 18.0.0 is already here',
    `package:${run} step chef-solo`,
  ]
  expect(await deployed(lines, { ended: 'exit', code: 3 })).toEqual({
    status: 'failed',
    reason: 'chef-solo failed with exit code 3',
  })
  expect(await deployed([...lines, 'no room'], { ended: 'exit', code: 3 })).toEqual({
    status: 'failed',
    reason: 'chef-solo failed with exit code 3: no room',
  })
})

test('where a host is cut off is a step that it has told, or none', async () => {
  const end: ScriptEnd = { ended: 'timeout' }
  const reason = async (lines: readonly string[]) => (await deployed(lines, end)).reason
  expect(await reason([])).toBe('cut off before anything was said')
  expect(await reason(['Welcome'])).toBe('cut off before its first step')
  expect(await reason([`package:${run} begun`, `package:${run} step chef-solo`])).toBe(
    'cut off at: chef-solo',
  )
})

test.each([
  [
    '20261121T115900Z-fedcba',
    'another deploy is at work on it (20261121T115900Z-fedcba, process 4711 there)',
  ],
  ['first-boot', 'it is still converging its first time (process 4711 there)'],
])('a host that %s is at work on has failed, and says so', async (other, who) => {
  const lines = [`package:${run} begun`, `package:${run} busy 4711 ${other}`]
  expect(await deployed(lines, { ended: 'exit', code: 75 })).toEqual({
    status: 'failed',
    code: 'HOST_BUSY',
    reason: `${who}: nothing was changed; once that is done: package instance:deploy --retry-failed`,
  })
})
