import { describe, expect, test } from 'vitest'

import type { NodeGroup } from '../groups/node-group.ts'
import type { Nodes } from '../groups/nodes.ts'
import type { SecurityGroup } from '../groups/security-group.ts'
import type { Cloud, Clouds } from '../ports/cloud/cloud.ts'
import { unwornSecurityGroups } from './unused-security-groups.ts'
import { usedSecurityGroups, withSources } from './used-security-groups.ts'

const fromOf = (...from: string[]): SecurityGroup => ({
  ingress: [{ protocol: 'tcp', ports: '1', from }],
})

function nodesWith(groups: Record<string, NodeGroup>): Nodes {
  return {
    settings: {},
    securityGroups: new Map<string, SecurityGroup>([
      ['db', fromOf('web')],
      ['one', fromOf('two', '10.0.0.0/8')],
      ['two', fromOf('one', 'one', 'my-ip')],
      ['web', fromOf('lb')],
      ['lb', {}],
    ]),
    base: {},
    groups: new Map(Object.entries(groups).map(([name, fields]) => [name, { name, own: fields, fields }])),
  }
}

/** Regions with a default VPC but for eu-south-1. */
function countingClouds() {
  const asked: string[] = []
  const clouds: Clouds = {
    regionOf: ({ fields }) => fields.region ?? 'eu-central-1',
    in: (region) => {
      const defaultVpc = () => {
        asked.push(region)
        return Promise.resolve(region === 'eu-south-1' ? undefined : `vpc-of-${region}`)
      }
      return { region, defaultVpc } as unknown as Cloud
    },
  }
  return { asked, clouds }
}

function used(groups: Record<string, NodeGroup>) {
  const nodes = nodesWith(groups)
  const { asked, clouds } = countingClouds()
  return { asked, places: usedSecurityGroups(nodes, [...nodes.groups.values()], clouds) }
}

describe('where security groups are used', () => {
  test('with their sources, cycles too, in the order of nodes.json', () => {
    expect(withSources(nodesWith({}), ['two'])).toEqual(['one', 'two'])
    expect(withSources(nodesWith({}), ['db', 'existing'])).toEqual(['db', 'web', 'lb'])
  })

  test('by load balancers, in the group’s own VPC or the default one, which is asked for once', async () => {
    const { asked, places } = used({
      a: { security_groups: ['one'] },
      b: { security_groups: ['web', 'web', 'existing'] },
      c: { load_balancer: { security_groups: ['lb'] }, vpc: 'vpc-9' },
      d: { security_groups: ['lb'], region: 'us-east-1' },
      e: { security_groups: ['existing'], region: 'eu-south-1' },
    })
    expect(await places).toEqual([
      { region: 'eu-central-1', vpcId: 'vpc-of-eu-central-1', names: ['one', 'two', 'web', 'lb'] },
      { region: 'eu-central-1', vpcId: 'vpc-9', names: ['lb'] },
      { region: 'us-east-1', vpcId: 'vpc-of-us-east-1', names: ['lb'] },
    ])
    expect(asked).toEqual(['eu-central-1', 'us-east-1'])
  })

  test('not without a VPC', async () => {
    const { places } = used({ a: { security_groups: ['lb'], region: 'eu-south-1' } })
    await expect(places).rejects.toMatchObject({ kind: 'config', code: 'NO_VPC' })
  })

  test('and which are worn by nobody', () => {
    expect(unwornSecurityGroups(nodesWith({ a: { security_groups: ['web'] } }))).toEqual(['db', 'one', 'two'])
  })
})
