import { expect, test } from 'vitest'

import type { Group, Nodes } from '../groups/nodes.ts'
import { undeclaredIds } from './undeclared-ids.ts'

const nodes: Nodes = {
  settings: {},
  securityGroups: new Map([['bee', {}]]),
  base: {},
  groups: new Map(),
}
const rest = { vpcId: 'vpc-1', description: '', tags: {}, ingress: [] }
const existing = [
  { ...rest, id: 'sg-1', name: 'office' },
  { ...rest, id: 'sg-2', name: 'default' },
]

function wearing(...security_groups: string[]): Group {
  return { name: 'web', own: {}, fields: { security_groups } }
}

test('an undeclared security group is one of the VPC, by exact name or id', () => {
  expect([...undeclaredIds(nodes, wearing('bee', 'office', 'sg-2'), existing)]).toEqual([
    ['office', 'sg-1'],
    ['sg-2', 'sg-2'],
  ])
})

test('one that the VPC does not have is refused, and the near one named', () => {
  expect(() => undeclaredIds(nodes, wearing('Office'), existing)).toThrow(/did you mean "office"\?/)
})
