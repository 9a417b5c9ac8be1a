import { test } from 'vitest'

import { crashTwiceEverywhere } from './crash-everywhere.ts'
import { alone, rehearsals, told } from './crash-rehearsals.ts'

test.each(['rollback', 'run'] as const)(
  '%s that is cut off twice is finished by the next',
  { timeout: 600_000 },
  async (kind) => {
    told(`${kind}, twice`, await crashTwiceEverywhere(await rehearsals[kind](alone)))
  },
)
