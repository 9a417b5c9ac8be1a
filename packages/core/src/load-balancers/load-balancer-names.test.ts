import { createHash } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Listener } from '../groups/node-group.ts'
import { loadBalancerNames } from './load-balancer-names.ts'

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

function namesOf(group: string, listeners: Listener[] = [], environment?: string, project = 'hive') {
  const fields = { load_balancer: { listeners } }
  return loadBalancerNames({ project, environment }, { name: group, own: fields, fields }, digest)
}

/** As the schema has them (nodes.schema.json). */
const groupName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
const environment = fc.option(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/), { nil: undefined })
const listener = fc.record({
  port: fc.integer({ min: 1, max: 65_535 }),
  protocol: fc.constantFrom('http' as const, 'https' as const, 'tcp' as const),
  target_port: fc.integer({ min: 1, max: 65_535 }),
})
const listeners = fc.uniqueArray(listener, { selector: ({ port }) => port, maxLength: 4 })

describe('loadBalancerNames', () => {
  test('are the slug of the group, and eight digits of what it is', async () => {
    const { loadBalancer, targetGroups, targetGroupPrefix } = await namesOf('12_04-www', [
      { port: 443, protocol: 'https', target_port: 80 },
    ])
    expect(loadBalancer).toBe(`12-04-www-${digest('hive/12_04-www').slice(0, 8)}`)
    expect(Object.fromEntries(targetGroups)).toEqual({
      443: `12-04-www-${digest('hive/12_04-www/443/HTTP/80').slice(0, 8)}`,
    })
    expect(targetGroupPrefix).toBe('12-04-www-')
  })

  test('begin with the environment', async () => {
    const { loadBalancer } = await namesOf('www', [], 'staging')
    expect(loadBalancer).toBe(`staging-www-${digest('hive/staging/www').slice(0, 8)}`)
  })

  test.each([
    ['w'.repeat(64), 'w'.repeat(23)],
    [`${'w'.repeat(22)}_x`, 'w'.repeat(22)],
    ['w_', 'w'],
    ['w-_-w', 'w-w'],
  ])('of %s begin with %s', async (group, slug) => {
    expect((await namesOf(group)).loadBalancer).toBe(`${slug}-${digest(`hive/${group}`).slice(0, 8)}`)
  })

  test.each(['internal', 'internal-api', 'Internal_x', `internal${'-'.repeat(50)}`])(
    'of %s do not begin as those that AWS keeps for itself',
    async (group) => {
      expect((await namesOf(group)).loadBalancer).toMatch(/^lb-internal-/i)
    },
  )

  test('are such as AWS takes, whatever the group, and all target groups are found by the prefix', async () => {
    const property = fc.asyncProperty(groupName, environment, listeners, async (group, env, declared) => {
      const names = await namesOf(group, declared, env)
      for (const name of [names.loadBalancer, ...names.targetGroups.values()]) {
        expect(name).toMatch(/^(?!internal-)[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/i)
      }
      for (const name of names.targetGroups.values()) {
        expect(name.startsWith(names.targetGroupPrefix)).toBe(true)
      }
    })
    await fc.assert(property)
  })

  test('of different groups, environments, projects and listeners differ', async () => {
    const identity = fc.tuple(
      fc.constantFrom('a', 'b'),
      fc.constantFrom('x', 'x_y', 'x-y'),
      environment,
      listener,
    )
    const property = fc.asyncProperty(identity, identity, async (one, other) => {
      const [first, second] = await Promise.all(
        [one, other].map(async ([project, group, env, each]) => {
          const names = await namesOf(group, [each], env, project)
          return { whose: [project, group, env].join('/'), names, each }
        }),
      )
      const areOne = first?.whose === second?.whose
      expect(first?.names.loadBalancer === second?.names.loadBalancer).toBe(areOne)
      const target = (each?: Listener) => [each?.port, each?.target_port, each?.protocol === 'tcp'].join()
      const haveOneTarget = areOne && target(first?.each) === target(second?.each)
      const [targetGroup] = first?.names.targetGroups.values() ?? []
      expect([...(second?.names.targetGroups.values() ?? [])].includes(targetGroup ?? '')).toBe(haveOneTarget)
    })
    await fc.assert(property)
  })

  test('are told of a group that declares none any more', async () => {
    const declared = await namesOf('www', [{ port: 80, protocol: 'http' }])
    const group = { name: 'www', own: {}, fields: { load_balancer: false as const } }
    const names = await loadBalancerNames({ project: 'hive', environment: undefined }, group, digest)
    expect(names).toEqual({ ...declared, targetGroups: new Map() })
  })

  test('a digest may take its time', async () => {
    const group = { name: 'www', own: {}, fields: {} }
    const owner = { project: 'hive', environment: undefined }
    const names = await loadBalancerNames(owner, group, (text) => Promise.resolve(digest(text)))
    expect(names.loadBalancer).toBe(`www-${digest('hive/www').slice(0, 8)}`)
  })
})
