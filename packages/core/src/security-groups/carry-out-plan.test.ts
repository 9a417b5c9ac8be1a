import { expect, test } from 'vitest'

import { virtualClock } from '../../test/virtual-clock.ts'
import { PackageError } from '../errors.ts'
import type { Nodes } from '../groups/nodes.ts'
import type { SecurityGroup } from '../groups/security-group.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'
import { carryOutPlan } from './carry-out-plan.ts'
import type { SecurityGroupPlan } from './plan-security-groups.ts'

const vpcId = 'vpc-1'
const ingress = (from: string): SecurityGroup => ({
  ingress: [{ protocol: 'tcp', ports: '1', from: [from] }],
})
const nodes: Nodes = {
  settings: {},
  securityGroups: new Map([
    ['one', ingress('two')],
    ['two', ingress('one')],
  ]),
  base: {},
  groups: new Map(),
}

/** A VPC that refuses a name it has already, and lists a group only after `lag` looks. */
function vpcWith(lag: number) {
  const groups = new Map<string, AwsSecurityGroup>()
  const looks = new Map<string, number>()
  const cloud: Partial<Cloud> = {
    region: 'eu-central-1',
    securityGroupsIn: () => {
      const isListed = ({ name }: AwsSecurityGroup) => {
        looks.set(name, (looks.get(name) ?? 0) + 1)
        return (looks.get(name) ?? 0) > lag
      }
      const rest = { id: 'sg-0', name: 'default', vpcId, description: '', tags: {}, ingress: [] }
      return Promise.resolve(structuredClone([rest, ...[...groups.values()].filter(isListed)]))
    },
    createSecurityGroup: async (group) => {
      await Promise.resolve()
      if (groups.has(group.name)) throw new PackageError('conflict', 'SECURITY_GROUP_EXISTS', group.name)
      groups.set(group.name, { ...group, id: `sg-${group.name}`, ingress: [] })
      return `sg-${group.name}`
    },
    authorizeIngress: (id, rules) => {
      const group = [...groups.values()].find((each) => each.id === id)
      group?.ingress.push(...rules)
      return Promise.resolve()
    },
  }
  return { groups, cloud: cloud as Cloud }
}

const state = {
  nodes,
  owner: { project: 'hive', environment: undefined },
  names: ['one', 'two'],
  myIp: undefined,
  existing: [],
}
const additions = (plan: SecurityGroupPlan) => plan.additions

test.each([0, 1, 3])('two at once make each group once, listed after %i looks', async (lag) => {
  const { groups, cloud } = vpcWith(lag)
  const run = () => carryOutPlan({ cloud, clock: virtualClock(), vpcId }, state, additions)
  const both = await Promise.all([run(), run()])
  expect([...groups.keys()]).toEqual(['hive/one', 'hive/two'])
  const created = both.flatMap(({ done }) => done.filter((step) => step.do === 'create-security-group'))
  expect(created).toHaveLength(2)
  for (const { ids } of both) {
    const wanted = { one: 'sg-hive/one', two: 'sg-hive/two' }
    expect(Object.fromEntries(ids)).toEqual(wanted)
  }
  expect(groups.get('hive/one')?.ingress[0]?.source).toEqual({ groupId: 'sg-hive/two' })
})

test('a group that exists and is never listed is a conflict in the end', async () => {
  const { cloud } = vpcWith(1000)
  const run = () => carryOutPlan({ cloud, clock: virtualClock(), vpcId }, state, additions)
  await run()
  await expect(run()).rejects.toMatchObject({ kind: 'conflict', code: 'SECURITY_GROUP_EXISTS' })
})
