import { describe, expect, test } from 'vitest'

import { PackageError } from '../errors.ts'
import type { Nodes } from '../groups/nodes.ts'
import type { SecurityGroup } from '../groups/security-group.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'
import { planSecurityGroups } from './plan-security-groups.ts'

const owner = { project: 'hive', environment: undefined }
const bee: SecurityGroup = { description: 'Bees', ingress: [{ protocol: 'tcp', ports: '1', from: ['www'] }] }
const www: SecurityGroup = { ingress: [{ protocol: 'tcp', ports: '2', from: ['bee'] }] }

function plan(existing: AwsSecurityGroup[]) {
  const nodes: Nodes = {
    settings: { project: 'hive' },
    securityGroups: new Map([
      ['bee', bee],
      ['www', www],
    ]),
    base: {},
    groups: new Map(),
  }
  return planSecurityGroups({ nodes, owner, names: ['bee', 'www'], myIp: undefined, existing })
}

function aws(name: string, more: Partial<AwsSecurityGroup> = {}): AwsSecurityGroup {
  const tags = { 'package:project': 'hive', 'package:security-group': name }
  return {
    id: `sg-${name}`,
    name: `hive/${name}`,
    vpcId: 'vpc-1',
    description: name === 'bee' ? 'Bees' : name,
    tags,
    ingress: [],
    ...more,
  }
}

const step = (what: string, name: string, from: string, port: number) => ({
  do: what,
  name,
  permissions: [{ protocol: 'tcp', fromPort: port, toPort: port, source: { securityGroup: from } }],
})

describe('the plan of a VPC', () => {
  test('makes all groups first, as their rules name each other', () => {
    expect(plan([]).additions).toEqual([
      { do: 'create-security-group', name: 'bee', awsName: 'hive/bee', description: 'Bees' },
      { do: 'create-security-group', name: 'www', awsName: 'hive/www', description: 'www' },
      step('authorize-ingress', 'bee', 'www', 1),
      step('authorize-ingress', 'www', 'bee', 2),
    ])
  })

  test('goes on from what exists', () => {
    const source = { groupId: 'sg-www' }
    const half = aws('bee', { ingress: [{ protocol: 'tcp', fromPort: 1, toPort: 1, source }] })
    expect(plan([half, aws('www')])).toEqual({
      additions: [step('authorize-ingress', 'www', 'bee', 2)],
      revocations: [],
      descriptionDrift: [],
    })
  })

  test('knows its groups by their tags, whatever they are called', () => {
    const additions = plan([aws('bee', { name: 'renamed' }), aws('www')]).additions
    expect(additions.map((each) => each.do)).toEqual(['authorize-ingress', 'authorize-ingress'])
  })

  test('takes away what is surplus', () => {
    const rule = { protocol: 'all' as const, source: { groupId: 'sg-other' } }
    expect(plan([aws('bee', { ingress: [rule] }), aws('www')]).revocations).toEqual([
      { do: 'revoke-ingress', name: 'bee', permissions: [rule] },
    ])
  })

  test('reports a description, which cannot be changed', () => {
    expect(plan([aws('bee', { description: 'Wasps' }), aws('www')]).descriptionDrift).toEqual([
      { name: 'bee', id: 'sg-bee', actual: 'Wasps', declared: 'Bees' },
    ])
  })

  test.each([
    ['without tags', {}],
    ['of an environment', { ...aws('bee').tags, 'package:environment': 'staging' }],
    ['of another project', { ...aws('bee').tags, 'package:project': 'nest' }],
  ])('refuses a group of that name %s', (_, tags) => {
    expect(() => plan([aws('bee', { tags })])).toThrow(PackageError)
  })
})
