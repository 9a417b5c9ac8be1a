import { expect, test } from 'vitest'

import { crashEverywhere } from './crash-everywhere.ts'
import { alone, rehearsals, told, whole } from './crash-rehearsals.ts'
import { fleetOf } from './web-fleet.ts'

const kinds = ['run', 'update', 'rollback', 'delete'] as const

test.each(kinds)(
  '%s that is cut off anywhere is finished by the next',
  { timeout: 300_000 },
  async (kind) => {
    told(kind, await crashEverywhere(await rehearsals[kind](alone)))
  },
)

test.each(kinds)(
  'so it is with a load balancer, a policy and a schedule: %s',
  { timeout: 300_000 },
  async (kind) => {
    const rehearsal = await rehearsals[kind](whole)
    told(`${kind} with all that a group can have`, await crashEverywhere(rehearsal))
    expect(fleetOf(rehearsal.world).alarms).toEqual(kind === 'delete' ? [] : ['tests/web/busy'])
  },
)
