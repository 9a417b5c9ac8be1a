import { expect, test } from 'vitest'

import { PackageError } from '../errors.ts'
import type { NodeGroup } from '../groups/node-group.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import { deployGroups, type DeployRules } from './deploy-groups.ts'
import type { GroupPlan } from './deploy-plan.ts'
import { errorLimit } from './error-limit.ts'
import { failureReason } from './failure-reason.ts'
import type { HostStatus } from './host-result.ts'

function planOf(name: string, ids: readonly string[], fields: NodeGroup = {}): GroupPlan {
  const instances = ids.map((id) => ({ id }) as Instance)
  return { group: { name, own: fields, fields }, region: 'eu-central-1', instances }
}

/** Deploys where each host ends as said, converged without a word; gives what was told, in order. */
async function told(
  plans: readonly GroupPlan[],
  ends: Readonly<Record<string, HostStatus>>,
  rules: Partial<DeployRules> = {},
) {
  const lines: string[] = []
  const dead = (id: string) => ends[id] === 'unreachable'
  let most = 0
  let now = 0
  await deployGroups(
    plans,
    { parallel: 2, hasCanary: true, halt: () => undefined, ...rules },
    {
      wayTo: () => ({
        prepare: () => Promise.resolve(),
        reach: ({ id }) => Promise.resolve(dead(id) ? { reached: false, reason: 'dead' } : { reached: true }),
        run: () => Promise.reject(new Error('nothing is run here')),
      }),
      async deploy(_plan, { id }) {
        now += 1
        most = Math.max(most, now)
        await Promise.resolve()
        now -= 1
        return { status: ends[id] ?? 'converged' }
      },
      tell: (_plan, { id }, { status }) => {
        if (status !== 'running') lines.push(`${id} ${status}`)
        return Promise.resolve()
      },
    },
  )
  return { lines, most }
}

test('the canary is the first that can be reached; the dead before it are told of', async () => {
  const { lines, most } = await told([planOf('web', ['a', 'b', 'c', 'd', 'e', 'f'])], {
    a: 'unreachable',
    b: 'unreachable',
    c: 'unreachable',
    d: 'failed',
  })
  expect(lines).toEqual([
    'a unreachable',
    'b unreachable',
    'c unreachable',
    'd failed',
    'e not started',
    'f not started',
  ])
  expect(most).toBe(1)
})

test('hosts that are asked after an unreachable canary say what to do, as the canary does', async () => {
  const reasons: (string | undefined)[] = []
  const noKey = new PackageError('timeout', 'NO_HOST_KEY', 'no key on the console', {
    hint: 'trust the first',
  })
  await deployGroups(
    [planOf('web', ['a', 'b'])],
    { parallel: 2, hasCanary: true, halt: () => undefined },
    {
      wayTo: () => ({ prepare: () => Promise.reject(noKey), reach: () => Promise.reject(noKey) }),
      deploy: () => Promise.resolve({ status: 'unreachable' }),
      tell: (_plan, { id }, { reason, code }) => {
        if (id === 'b') reasons.push(`${code ?? ''} ${reason ?? ''}`)
        return Promise.resolve()
      },
    },
  )
  expect(reasons).toEqual(['NO_HOST_KEY no key on the console; trust the first'])
})

test('a group that nobody reaches holds up what depends on it, and nothing else', async () => {
  const plans = [
    planOf('web', ['w'], { depends_on: ['db'] }),
    planOf('db', ['d', 'e']),
    planOf('other', ['o']),
  ]
  const { lines } = await told(plans, { d: 'unreachable', e: 'unreachable' })
  expect([...lines].sort()).toEqual(['d unreachable', 'e unreachable', 'o converged', 'w not started'])
  expect(lines.at(-1)).toBe('w not started')
})

test('at most so many at once, of all groups; none is begun after a halt', async () => {
  const plans = ['a', 'b', 'c'].map((name) => planOf(name, [`${name}1`, `${name}2`, `${name}3`]))
  const all = await told(plans, {}, { hasCanary: false })
  expect(all.most).toBe(2)
  expect(all.lines.filter((line) => line.endsWith(' converged'))).toHaveLength(9)
  let asked = 0
  const halted = await told(plans, {}, { halt: () => (++asked > 4 ? 'enough' : undefined) })
  expect(halted.lines).toHaveLength(9)
  expect(halted.lines.filter((line) => line.endsWith(' not started')).length).toBeGreaterThan(3)
})

test('--max-errors is a number or a part of the hosts', () => {
  expect(errorLimit(undefined)(200)).toBe(Infinity)
  expect(errorLimit('3')(200)).toBe(3)
  expect(errorLimit('10%')(205)).toBe(20)
  expect(errorLimit('0')(5)).toBe(0)
  for (const wrong of ['', '-1', '1.5', '101%', 'x']) expect(() => errorLimit(wrong)).toThrow('--max-errors')
})

test("the reason of a failure is Chef's last word, else the last line", () => {
  const chef = [
    'Running handlers complete',
    '[2026-11-21T13:00:00+00:00] FATAL: Stacktrace dumped to /var/chef/cache/chef-stacktrace.out',
    '[2026-11-21T13:00:00+00:00] FATAL: Please provide the contents of the stacktrace.out file',
    '[2026-11-21T13:00:00+00:00] FATAL: Mixlib::ShellOut::ShellCommandFailed: service[nginx] had an error',
  ]
  expect(failureReason('chef-solo', 1, chef)).toBe(
    'chef-solo failed with exit code 1: Mixlib::ShellOut::ShellCommandFailed: service[nginx] had an error',
  )
  const missing = [
    'Missing Cookbooks:',
    '------------------',
    'No such cookbook: nowhere',
    '',
    'Expanded Run List:',
    '[2026-11-21T13:00:00+00:00] FATAL: Net::HTTPClientException: 412 "Precondition Failed"',
  ]
  expect(failureReason('chef-solo', 1, missing)).toBe(
    'chef-solo failed with exit code 1: Net::HTTPClientException: 412 "Precondition Failed": No such cookbook: nowhere',
  )
  expect(failureReason('', 1, ['sudo: a password is required', ''])).toBe(
    'the script failed with exit code 1: sudo: a password is required',
  )
  expect(failureReason('unpacking the bundle', 2, [])).toBe('unpacking the bundle failed with exit code 2')
})
