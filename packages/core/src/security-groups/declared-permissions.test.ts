import { describe, expect, test } from 'vitest'

import type { Nodes } from '../groups/nodes.ts'
import type { IngressRule } from '../groups/security-group.ts'
import { declaredIngress } from './declared-permissions.ts'
import { myIpDescription, myIpFor } from './my-ip.ts'
import { permissionText } from './permission.ts'

const myIp = { cidr: '203.0.113.7/32', description: 'my-ip ann@desk' }

function nodesWith(ingress: IngressRule[]): Nodes {
  return {
    settings: { sources: { office: ['198.51.100.0/24', '2001:DB8:0:0::/32'], toString: ['192.0.2.0/24'] } },
    securityGroups: new Map([
      ['bee', { ingress }],
      ['www', {}],
    ]),
    base: {},
    groups: new Map(),
  }
}

const textsOf = (rule: IngressRule, mine = myIp) =>
  declaredIngress(nodesWith([rule]), 'bee', mine).permissions.map(permissionText)

describe('the rules of nodes.json as AWS keeps them', () => {
  test('one for each source, lists by their addresses, groups by name', () => {
    const from = ['10.0.0.0/8', 'office', 'www', 'bee']
    expect(textsOf({ protocol: 'tcp', ports: '7000-7010', from })).toEqual([
      'tcp 7000-7010 from 10.0.0.0/8',
      'tcp 7000-7010 from 198.51.100.0/24',
      'tcp 7000-7010 from 2001:db8::/32',
      'tcp 7000-7010 from www',
      'tcp 7000-7010 from bee',
    ])
  })

  test('a list whose name every object has', () => {
    expect(textsOf({ protocol: 'udp', ports: '0-65535', from: ['toString'] })).toEqual([
      'udp 0-65535 from 192.0.2.0/24',
    ])
  })

  test('icmp is icmpv6 for addresses of IPv6, all is all', () => {
    expect(textsOf({ protocol: 'icmp', from: ['0.0.0.0/0', '::/0', 'www'] })).toEqual([
      'icmp from 0.0.0.0/0',
      'icmpv6 from ::/0',
      'icmp from www',
    ])
    expect(textsOf({ protocol: 'all', from: ['0:0::/0'] })).toEqual(['all from ::/0'])
  })

  test('duplicates are one, also in another spelling', () => {
    const from = ['2001:db8::/32', '2001:0DB8::/32', 'office']
    expect(textsOf({ protocol: 'tcp', ports: '80', from })).toHaveLength(2)
  })

  test('my-ip is the operator, unless another rule names that address anyway', () => {
    expect(textsOf({ protocol: 'tcp', ports: '22', from: ['my-ip'] })).toEqual([
      'tcp 22 from 203.0.113.7/32 (my-ip ann@desk)',
    ])
    expect(textsOf({ protocol: 'tcp', ports: '22', from: ['203.0.113.7/32', 'my-ip'] })).toEqual([
      'tcp 22 from 203.0.113.7/32',
    ])
    const six = { ...myIp, cidr: '2001:db8::7/128' }
    expect(textsOf({ protocol: 'icmp', from: ['my-ip'] }, six)).toEqual([
      'icmpv6 from 2001:db8::7/128 (my-ip ann@desk)',
    ])
  })
})

describe('the address of the operator', () => {
  const asked = (from: string[], address: string) => {
    const nodes = nodesWith([{ protocol: 'tcp', ports: '22', from }])
    return myIpFor({ nodes, operator: 'ann@desk', myIp: () => Promise.resolve(address) }, ['bee'])
  }

  test('is one address, of either family', async () => {
    expect(await asked(['my-ip'], '203.0.113.7')).toEqual(myIp)
    expect((await asked(['my-ip'], '2001:DB8:0::7'))?.cidr).toBe('2001:db8::7/128')
  })

  test('is not asked for where no rule needs it', async () => {
    const nodes = nodesWith([{ protocol: 'tcp', ports: '22', from: ['office'] }])
    const never = () => Promise.reject(new Error('asked'))
    expect(await myIpFor({ nodes, operator: 'ann@desk', myIp: never }, ['bee'])).toBeUndefined()
  })

  test('is described in the characters that EC2 takes', () => {
    expect(myIpDescription('DOM\\jürg@desk')).toBe('my-ip DOM_j_rg@desk')
    expect(myIpDescription('a'.repeat(300))).toHaveLength(255)
  })
})
