import { describe, expect, test } from 'vitest'

import { after, apply, workOn } from '../../test/balanced-group.ts'
import { Killed, newAccount, snapshot } from '../../test/elb-account.ts'
import { carryOutRemoval } from './carry-out-load-balancer.ts'

describe('carryOutRemoval', () => {
  test.each([false, true])('killed at any call (done: %s), the next run leaves nothing', async (isDone) => {
    for (let call = 1, wasKilled = true; wasKilled; call += 1) {
      const account = newAccount()
      await apply(account, after)
      account.killAt = { call: account.calls + call, isDone }
      wasKilled = await carryOutRemoval(await workOn(account, false)).then(
        () => false,
        (error: unknown) => error instanceof Killed,
      )
      if (!wasKilled) expect(call).toBeGreaterThan(8)
      account.killAt = undefined
      await carryOutRemoval(await workOn(account, false))
      expect(snapshot(account)).toEqual([[], [], []])
    }
  })

  test('waits until the load balancer is gone', async () => {
    const account = newAccount()
    await apply(account, after)
    account.lingering = 5
    await carryOutRemoval(await workOn(account, false))
    expect(snapshot(account)).toEqual([[], [], []])
  })

  test('waits until AWS knows that no listener uses a target group any more', async () => {
    const account = newAccount()
    await apply(account, after)
    account.inUse = 3
    expect(await carryOutRemoval(await workOn(account, false))).toHaveLength(5)
    expect(account.groups.size).toBe(0)
  })

  test('a target group that stays in use is a conflict in the end', async () => {
    const account = newAccount()
    await apply(account, after)
    account.inUse = Infinity
    const removal = carryOutRemoval(await workOn(account, false))
    await expect(removal).rejects.toMatchObject({ kind: 'conflict', code: 'TARGET_GROUP_IN_USE' })
  })

  test('has nothing to do where there is nothing', async () => {
    expect(await carryOutRemoval(await workOn(newAccount(), false))).toEqual([])
  })
})
