import { createHash } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { PackageError } from '../errors.ts'
import type { LoadBalancer } from '../groups/node-group.ts'
import type { Clock } from '../ports/clock.ts'
import type {
  AwsListener,
  AwsLoadBalancer,
  AwsTargetGroup,
  LoadBalancers,
} from '../ports/cloud/load-balancers.ts'
import { carryOutLoadBalancer, carryOutRemoval } from './carry-out-load-balancer.ts'
import { loadBalancerNames } from './load-balancer-names.ts'
import { planLoadBalancer, type LoadBalancerPlan } from './plan-load-balancer.ts'
import { readLoadBalancer } from './read-load-balancer.ts'
import { wantedLoadBalancer } from './wanted-load-balancer.ts'

class Killed extends Error {}

interface Account {
  balancers: Map<string, AwsLoadBalancer>
  listeners: Map<string, AwsListener & { balancer: string }>
  groups: Map<string, AwsTargetGroup>
  calls: number
  /** The process dies before the call of that number, or after it. */
  killAt: { call: number; isDone: boolean } | undefined
  /** What load balancers become. */
  setUp: 'active' | 'failed'
  /** How many more lists leave out what was made. */
  unlisted: number
  /** Until how many more lists, but one, a load balancer that is deleted stays. */
  lingering: number
  /** How many more deletions of target groups find them in use. */
  inUse: number
}

function newAccount(): Account {
  const maps = { balancers: new Map(), listeners: new Map(), groups: new Map() }
  return { ...maps, calls: 0, killAt: undefined, setUp: 'active', unlisted: 0, lingering: 0, inUse: 0 }
}

const conflict = (code: string) => new PackageError('conflict', code, code)

/** ELBv2 of one account, as strict as AWS. */
function elb(account: Account): LoadBalancers {
  const { balancers, listeners, groups } = account
  const of = <T>(map: Map<string, T>, arn: string): T => {
    const found = map.get(arn)
    if (found === undefined) throw new Error(`${arn} is not there`)
    return found
  }
  const listed = <T>(found: T[]): T[] => {
    if (account.unlisted === 0) return structuredClone(found)
    account.unlisted -= 1
    return []
  }
  const refuseSecond = (code: string, isThere: boolean) => {
    if (isThere) throw conflict(code)
  }
  const known = (target: string) => of(groups, target).arn
  const strict: { [K in keyof LoadBalancers]: (...args: Parameters<LoadBalancers[K]>) => unknown } = {
    loadBalancersNamed: (names) => {
      const found = listed([...balancers.values()].filter(({ name }) => names.includes(name)))
      for (const each of balancers.values()) each.state = account.setUp
      if (account.lingering > 0) account.lingering -= 1
      if (account.lingering === 1) balancers.clear()
      return found
    },
    createLoadBalancer: (balancer) => {
      const arn = `arn:lb/${balancer.name}`
      refuseSecond('LOAD_BALANCER_EXISTS', balancers.has(arn))
      const made = {
        ...balancer,
        arn,
        state: 'provisioning',
        dnsName: `${balancer.name}.test`,
        vpcId: 'vpc-1',
      }
      balancers.set(arn, made)
      return { ...made }
    },
    setLoadBalancerSubnets: (arn, ids) => void (of(balancers, arn).subnetIds = [...ids]),
    setLoadBalancerSecurityGroups: (arn, ids) => void (of(balancers, arn).securityGroupIds = [...ids]),
    deleteLoadBalancer: (arn) => {
      if (account.lingering === 0) balancers.delete(arn)
      for (const [id, { balancer }] of listeners) if (balancer === arn) listeners.delete(id)
    },
    listeners: (arn) => structuredClone([...listeners.values()].filter(({ balancer }) => balancer === arn)),
    createListener: (balancer, listener) => {
      const arn = `${of(balancers, balancer).arn}/${String(listener.port)}`
      refuseSecond('LISTENER_EXISTS', listeners.has(arn))
      listeners.set(arn, { ...listener, targetGroupArn: known(listener.targetGroupArn), arn, balancer })
    },
    modifyListener: (arn, listener) => {
      const { balancer } = of(listeners, arn)
      listeners.set(arn, { ...listener, targetGroupArn: known(listener.targetGroupArn), arn, balancer })
    },
    deleteListener: (arn) => void listeners.delete(arn),
    targetGroupsNamedLike: (prefix) =>
      listed([...groups.values()].filter(({ name }) => name.startsWith(prefix))),
    createTargetGroup: (group) => {
      const arn = `arn:tg/${group.name}`
      refuseSecond('TARGET_GROUP_EXISTS', groups.has(arn))
      groups.set(arn, { ...group, arn, loadBalancerArns: [] })
      return { ...group, arn, loadBalancerArns: [] }
    },
    setTargetGroupHealthCheck: (arn, check) => void (of(groups, arn).healthCheck = check),
    setTargetGroupDrain: (arn, seconds) => void (of(groups, arn).drain = seconds),
    deleteTargetGroup: (arn) => {
      account.inUse -= 1
      const isUsed = [...listeners.values()].some(({ targetGroupArn, idleTargetGroupArns = [] }) =>
        [targetGroupArn, ...idleTargetGroupArns].includes(arn),
      )
      refuseSecond('TARGET_GROUP_IN_USE', isUsed || account.inUse >= 0)
      groups.delete(arn)
    },
    targetHealth: () => [],
  }
  const called = Object.entries(strict).map(([name, method]) => {
    const call = async (...args: unknown[]) => {
      await Promise.resolve()
      account.calls += 1
      const { killAt, calls } = account
      if (killAt?.call === calls && !killAt.isDone) throw new Killed()
      const answer: unknown = (method as (...given: unknown[]) => unknown)(...structuredClone(args))
      if (killAt?.call === calls) throw new Killed()
      return answer
    }
    return [name, call]
  })
  return Object.fromEntries(called) as LoadBalancers
}

function virtualClock(): Clock {
  let now = 0
  const sleep = (milliseconds: number) => {
    now += milliseconds
    return Promise.resolve()
  }
  return { now: () => now, sleep, random: () => 0.5, pollInterval: 5000 }
}

const everything = ({ additions, listenerChanges, removals }: LoadBalancerPlan) => [
  ...additions,
  ...listenerChanges,
  ...removals,
]

async function workOn(account: Account, declared: LoadBalancer | false) {
  const fields = { load_balancer: declared }
  const owner = { project: 'hive', environment: undefined }
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  const names = await loadBalancerNames(owner, { name: 'www', own: fields, fields }, digest)
  const report = () => undefined
  return { cloud: elb(account), clock: virtualClock(), report, names }
}

async function apply(account: Account, declared: LoadBalancer, stepsOf = everything) {
  const work = await workOn(account, declared)
  const place = { vpcId: 'vpc-1', subnetIds: ['subnet-a', 'subnet-b'], securityGroupIds: ['sg-1'] }
  const wanted = wantedLoadBalancer(declared, work.names, place)
  const result = await carryOutLoadBalancer(work, wanted, stepsOf)
  return {
    ...result,
    left: everything(planLoadBalancer(wanted, await readLoadBalancer(work.cloud, work.names))),
  }
}

const snapshot = ({ balancers, listeners, groups }: Account) =>
  structuredClone([balancers, listeners, groups].map((map) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))))

const before: LoadBalancer = {
  listeners: [
    { port: 80, protocol: 'http' },
    { port: 8080, protocol: 'http' },
  ],
}
const after: LoadBalancer = {
  listeners: [
    { port: 80, protocol: 'http', target_port: 3000 },
    { port: 443, protocol: 'https', target_port: 3000, certificate: 'cert' },
  ],
  health_check: { path: '/status' },
  drain: 60,
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
