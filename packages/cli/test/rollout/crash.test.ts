import { test } from 'vitest'

import { crashEverywhere } from './crash-everywhere.ts'
import { alone, rehearsals, told } from './crash-rehearsals.ts'

test.each(['run', 'update', 'rollback', 'delete'] as const)(
  '%s that is cut off anywhere is finished by the next',
  { timeout: 300_000 },
  async (kind) => {
    told(kind, await crashEverywhere(await rehearsals[kind](alone)))
  },
)
