import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { after, apply, workOn } from '../../test/balanced-group.ts'
import { Killed, newAccount, snapshot } from '../../test/elb-account.ts'
import type { LoadBalancer } from '../groups/node-group.ts'

const before: LoadBalancer = {
  listeners: [
    { port: 80, protocol: 'http' },
    { port: 8080, protocol: 'http' },
  ],
}

const declaration = fc.record({
  listeners: fc.uniqueArray(
    fc.record({
      port: fc.constantFrom(80, 81, 82),
      protocol: fc.constantFrom('http' as const, 'https' as const),
      target_port: fc.constantFrom(80, 3000),
    }),
    { selector: ({ port }) => port, minLength: 1, maxLength: 3 },
  ),
  health_check: fc.record({ interval: fc.constantFrom(15, 30) }),
  drain: fc.constantFrom(60, 300),
})

describe('carryOutLoadBalancer', () => {
  test('waits until it serves, and gives the target groups in the order of the listeners', async () => {
    const account = newAccount()
    const { loadBalancer, targetGroupArns } = await apply(account, after)
    expect(loadBalancer.state).toBe('active')
    const work = await workOn(account, after)
    expect(targetGroupArns).toEqual(
      [80, 443].map((port) => `arn:tg/${work.names.targetGroups.get(port) ?? ''}`),
    )
    expect([...account.groups.values()].map(({ tags }) => tags)).toEqual(
      Array.from({ length: 2 }, () => ({ 'package:project': 'hive', group: 'www' })),
    )
  })

  test('leaves nothing to do, from whatever to whatever, and what it would have made at once', async () => {
    const property = fc.asyncProperty(declaration, declaration, async (first, second) => {
      const account = newAccount()
      expect((await apply(account, first)).left).toEqual([])
      expect((await apply(account, second)).left).toEqual([])
      const fresh = newAccount()
      await apply(fresh, second)
      expect(snapshot(account)).toEqual(snapshot(fresh))
      expect((await apply(account, second)).done).toEqual([])
    })
    await fc.assert(property)
  })

  test('changes no target of a listener before that is asked for', async () => {
    const account = newAccount()
    await apply(account, before)
    const targets = () =>
      new Map([...account.listeners].map(([arn, { targetGroupArn }]) => [arn, targetGroupArn]))
    const were = targets()
    await apply(account, after, ({ additions }) => additions)
    for (const [arn, target] of were) expect(targets().get(arn)).toBe(target)
    await apply(account, after, ({ listenerChanges }) => listenerChanges)
    expect(account.groups.size).toBe(4)
    expect((await apply(account, after, ({ removals }) => removals)).left).toEqual([])
    expect(account.groups.size).toBe(2)
  })

  test.each([false, true])('killed at any call (done: %s), the next run goes on', async (isDone) => {
    const whole = newAccount()
    await apply(whole, before)
    const first = whole.calls
    await apply(whole, after)
    expect(whole.calls - first).toBeGreaterThan(8)
    for (let call = 1; call <= whole.calls; call += 1) {
      const account = newAccount()
      account.killAt = { call, isDone }
      const run = async () => {
        await apply(account, before)
        await apply(account, after)
      }
      await expect(run()).rejects.toThrow(Killed)
      account.killAt = undefined
      await apply(account, after)
      expect(snapshot(account)).toEqual(snapshot(whole))
    }
  })

  test('goes on once AWS lists what it says exists', async () => {
    const account = newAccount()
    await apply(account, after)
    const made = snapshot(account)
    account.unlisted = 4
    expect((await apply(account, after)).done).toEqual([])
    expect(snapshot(account)).toEqual(made)
  })

  test('what exists and is never listed is a conflict in the end', async () => {
    const account = newAccount()
    await apply(account, after)
    account.unlisted = Infinity
    await expect(apply(account, after)).rejects.toMatchObject({ code: 'LOAD_BALANCER_EXISTS' })
  })

  test('two at once make everything once', async () => {
    const account = newAccount()
    const both = await Promise.all([apply(account, after), apply(account, after)])
    expect(both.flatMap(({ done }) => done)).toHaveLength(5)
  })

  test('one that AWS could not set up is said', async () => {
    const account = newAccount()
    account.setUp = 'failed'
    await expect(apply(account, after)).rejects.toMatchObject({
      kind: 'system',
      code: 'LOAD_BALANCER_FAILED',
    })
  })
})
