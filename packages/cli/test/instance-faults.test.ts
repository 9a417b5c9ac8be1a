import { describe, expect, test } from 'vitest'

import { SandboxProject } from './sandbox-project.ts'

const create = ['instance:create', 'cluster', '--key', 'key.pem', '--name', 'one'] as const
const remove = ['instance:delete', 'cluster', '--name', 'one', '--yes'] as const

test.each([11, 12, 13])(
  'with 30 % of calls throttled and of answers lost (seed %i), 20 instances are 20',
  { timeout: 300_000 },
  (seed) => {
    const project = new SandboxProject()
    const rules = [
      { probability: 0.3, fault: { kind: 'throttle' } },
      { probability: 0.3, fault: { kind: 'lose-answer' } },
    ]
    expect(project.runWithFaults({ seed, rules }, ...create, '--count', '20')).toMatchObject({ exit: 0 })
    const { addresses, keyPairs } = project.account()
    expect(project.liveInstances()).toHaveLength(20)
    expect(Object.values(addresses).filter(({ association }) => association)).toHaveLength(20)
    expect(Object.keys(addresses)).toHaveLength(20)
    expect(Object.keys(keyPairs)).toHaveLength(1)
    expect(project.runWithFaults({ seed, rules }, ...remove)).toMatchObject({ exit: 0 })
    expect(project.leftovers()).toEqual([])
  },
)

describe.each(['killBefore', 'killAfter'])('cut off dead (%s any call)', (cut) => {
  const calls = (...words: string[]) => new SandboxProject().calls(...words).length

  test('a launch is finished by the same command', { timeout: 600_000 }, () => {
    const count = calls(...create)
    expect(count).toBeGreaterThan(20)
    for (let call = 1; call <= count; call += 1) {
      const project = new SandboxProject()
      project.runWithFaults({ [cut]: call }, ...create)
      const { exit, err } = project.run(...create)
      expect.soft(exit === 0 || err.includes('INSTANCES_EXIST'), `call ${String(call)}: ${err}`).toBe(true)
      expect.soft(project.liveInstances(), `call ${String(call)}`).toHaveLength(2)
      expect.soft(Object.keys(project.account().addresses), `call ${String(call)}`).toHaveLength(2)
      expect.soft(Object.keys(project.account().keyPairs), `call ${String(call)}`).toHaveLength(1)
    }
  })

  test('a launch is taken back by instance:delete', { timeout: 600_000 }, () => {
    const count = calls(...create)
    for (let call = 1; call <= count; call += 1) {
      const project = new SandboxProject()
      project.runWithFaults({ [cut]: call }, ...create)
      expect.soft(project.run(...remove), `call ${String(call)}`).toMatchObject({ exit: 0 })
      expect.soft(project.leftovers(), `call ${String(call)}`).toEqual([])
    }
  })

  test('a deletion is finished by the same command', { timeout: 600_000 }, () => {
    const before = new SandboxProject()
    before.run(...create)
    const count = before.calls(...remove).length
    expect(count).toBeGreaterThan(8)
    for (let call = 1; call <= count; call += 1) {
      const project = new SandboxProject()
      project.run(...create)
      project.runWithFaults({ [cut]: call }, ...remove)
      expect.soft(project.run(...remove), `call ${String(call)}`).toMatchObject({ exit: 0 })
      expect.soft(project.leftovers(), `call ${String(call)}`).toEqual([])
    }
  })
})

test('a call that is never answered is asked again in time', () => {
  const project = new SandboxProject()
  const fault = { kind: 'hang' }
  const rules = ['RunInstances', 'DescribeInstances'].map((operation) => ({ operation, calls: [1], fault }))
  expect(project.runWithFaults({ rules }, ...create)).toMatchObject({ exit: 0 })
  expect(project.liveInstances()).toHaveLength(2)
  const never = project.runWithFaults({ rules: [{ fault }] }, 'instance:list')
  expect(never.exit).toBe(1)
  expect(never.err).toContain('UNREACHABLE')
})

test('a fault file that cannot be meant is refused', () => {
  const project = new SandboxProject()
  expect(project.runWithFaults({ oops: 1 }, 'instance:list')).toMatchObject({
    exit: 3,
    err: expect.stringContaining('unknown member "oops"') as string,
  })
})

test('what was just made and is not seen yet does not stop a launch', () => {
  const project = new SandboxProject()
  expect(project.runWithFaults({ missingReads: 3 }, ...create)).toMatchObject({ exit: 0 })
  expect(project.liveInstances()).toHaveLength(2)
})

test('a zone without capacity is passed over for the next', () => {
  const project = new SandboxProject()
  const fault = { kind: 'error', code: 'InsufficientInstanceCapacity', message: 'none left', status: 400 }
  const rules = [{ operation: 'RunInstances', calls: [1], fault }]
  expect(project.runWithFaults({ rules }, ...create)).toMatchObject({ exit: 0 })
  expect(project.liveInstances()).toHaveLength(2)
})

test('within the limits that AWS publishes, 60 instances are made and deleted', { timeout: 300_000 }, () => {
  const project = new SandboxProject()
  const limits = { throttling: 'published' }
  const created = project.runWithFaults(limits, ...create, '--count', '60', '--verbose')
  expect(created).toMatchObject({ exit: 0, err: expect.stringMatching(/AllocateAddress \S+ 503 /) as string })
  expect(project.liveInstances()).toHaveLength(60)
  expect(project.runWithFaults(limits, ...remove)).toMatchObject({ exit: 0 })
  expect(project.leftovers()).toEqual([])
})
