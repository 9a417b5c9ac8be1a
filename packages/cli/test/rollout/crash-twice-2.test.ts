import { expect, test } from 'vitest'

import { crashTwiceEverywhere } from './crash-everywhere.ts'
import { rehearsals, told, whole } from './crash-rehearsals.ts'
import { fleetOf } from './web-fleet.ts'

test.each(['rollback', 'run'] as const)(
  '%s with a load balancer, a policy and a schedule that is cut off once or twice is finished by the next',
  { timeout: 600_000 },
  async (kind) => {
    const rehearsal = await rehearsals[kind](whole)
    const { once, twice } = await crashTwiceEverywhere(rehearsal)
    told(`${kind} with all that a group can have`, once)
    told(`${kind} with all that a group can have, twice`, twice)
    expect(fleetOf(rehearsal.world).alarms).toEqual(['tests/web/busy'])
  },
)
