import { expect, test } from 'vitest'

import type { DeployRun } from './ledger.ts'
import { runState } from './run-state.ts'

const here = (isAlive: boolean) => ({
  operator: 'bob@laptop',
  run: { id: 'r2', version: '1.0.0', processId: 8, isAlive: () => isAlive },
})

test.each([
  [{ ended: true }, false, 'ended'],
  [{ ended: false }, true, 'at work'],
  [{ ended: false }, false, 'cut off'],
  [{ ended: false, operator: 'ann@server' }, false, 'unknown'],
])('of %j, with its process alive: %s, it is %s', (more, isAlive, state) => {
  const record = { run: 'r1', operator: 'ann@laptop', process_id: 7, ...more } as DeployRun
  expect(runState(record, here(isAlive))).toBe(state)
})
