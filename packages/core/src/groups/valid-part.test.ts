import { describe, expect, test } from 'vitest'

import type { PackageError } from '../errors.ts'
import { parseNodes } from './parse-nodes.ts'

/** Pointers and sentences of all that is wrong. */
async function problemsOf(nodes: object): Promise<string[]> {
  try {
    await parseNodes('nodes.json', JSON.stringify(nodes, null, 2))
    return []
  } catch (error) {
    return (error as PackageError).problems.map(({ pointer = '', text }) => `${pointer} ${text}`)
  }
}

describe('mistakes of all kinds are found in one run', () => {
  test('of the schema, of rules inside a group, and of rules between groups', async () => {
    const problems = await problemsOf({
      __security_groups__: { web: { ingress: [{ protocol: 'tcp', ports: '80', from: ['nobody'] }] } },
      __base__: { intance_type: 'm1.large' },
      web: { region: 1, autoscale: { node_min: 3, node_max: 2 }, depends_on: ['dbb'] },
      db: { block_devices: [{ device: '/dev/xvdf' }] },
    })
    expect(problems).toEqual([
      expect.stringMatching(/^\/__security_groups__\/web\/ingress\/0\/from\/0 "nobody" is not/),
      '/__base__/intance_type unknown key "intance_type"; did you mean "instance_type"?',
      '/web/region must be a string, not a number',
      '/web/autoscale/node_min node_min (3) is above node_max (2)',
      '/web/depends_on/0 "dbb" is not a group; did you mean "db"?',
      '/db/block_devices/0 /dev/xvdf needs "size_gib" or "snapshot"',
    ])
  })

  test('of two rules of one security group, and of one rule twice', async () => {
    const rule = (ports: string, ...from: string[]) => ({ protocol: 'tcp', ports, from })
    const problems = await problemsOf({
      __security_groups__: { web: { ingress: [rule('1 - 2', 'somebody'), rule('9-1', 'nobody')] } },
    })
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      '/__security_groups__/web/ingress/0/ports',
      '/__security_groups__/web/ingress/0/from/0',
      '/__security_groups__/web/ingress/1/ports',
      '/__security_groups__/web/ingress/1/from/0',
    ])
  })

  test.each([
    [
      'a load balancer that others need',
      { web: { load_balancer: 5, autoscale: { node_min: 1, node_max: 1, health_check: 'elb' } } },
    ],
    [
      'a profile of the base',
      {
        __base__: { iam_instance_profile: 5 },
        web: { autoscale: { node_min: 1, node_max: 1, converge: 'hook' } },
      },
    ],
    ['a group that others depend on', { db: 5, web: { depends_on: ['db'] } }],
    ['a base that is none', { __base__: 5, web: { autoscale: { health_check: 'elb' } } }],
    ['a provided service', { db: { provides: [{ service: 'sql', port: 0 }] }, web: { consumes: ['sql'] } }],
    [
      'a security group that others name',
      {
        __security_groups__: { a: { ingress: 5 }, b: { ingress: [{ protocol: 'all', from: ['a'] }] } },
      },
    ],
    [
      'a list of sources',
      {
        __settings__: { sources: { office: 5 } },
        __security_groups__: { a: { ingress: [{ protocol: 'all', from: ['office'] }] } },
      },
    ],
    ['a region', { web: { region: 5, zones: ['us-east-1a'] } }],
  ])('but one mistake is never shown as two: %s', async (_name, nodes) => {
    expect(await problemsOf(nodes)).toHaveLength(1)
  })
})
