import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { DeclaredIngress } from './declared-permissions.ts'
import { ingressDifference } from './ingress-difference.ts'
import { isOfMyIp } from './my-ip.ts'
import { accessKey, type Permission, permissionKey, permissionText } from './permission.ts'

const ann = { cidr: '203.0.113.1/32', description: 'my-ip ann@desk' }

function tcp(port: number, cidr: string, description?: string): Permission {
  const permission = { protocol: 'tcp' as const, fromPort: port, toPort: port, source: { cidr } }
  return description === undefined ? permission : { ...permission, description }
}

const ssh: DeclaredIngress = {
  permissions: [tcp(22, ann.cidr, ann.description)],
  myIpAccess: new Set([accessKey(tcp(22, ''))]),
}

function texts(declared: DeclaredIngress, actual: Permission[]) {
  const { missing, surplus } = ingressDifference(declared, actual, ann)
  return [
    ...missing.map((permission) => `+ ${permissionText(permission)}`),
    ...surplus.map((permission) => `- ${permissionText(permission)}`),
  ]
}

describe('the difference between declared and actual rules', () => {
  test('is what lacks and what is too much', () => {
    const declared = { permissions: [tcp(80, '0.0.0.0/0'), tcp(443, '::/0')], myIpAccess: new Set<string>() }
    expect(texts(declared, [tcp(80, '0.0.0.0/0'), tcp(25, '0.0.0.0/0')])).toEqual([
      '+ tcp 443 from ::/0',
      '- tcp 25 from 0.0.0.0/0',
    ])
  })

  test('is not a description, nor a spelling', () => {
    const declared = { permissions: [tcp(443, '2001:db8::/32')], myIpAccess: new Set<string>() }
    expect(texts(declared, [tcp(443, '2001:0DB8:0::/32', 'by hand')])).toEqual([])
  })

  test("replaces one's own address and keeps another operator's", () => {
    const actual = [tcp(22, '203.0.113.9/32', ann.description), tcp(22, '198.51.100.1/32', 'my-ip bob@desk')]
    expect(texts(ssh, actual)).toEqual([
      '+ tcp 22 from 203.0.113.1/32 (my-ip ann@desk)',
      '- tcp 22 from 203.0.113.9/32 (my-ip ann@desk)',
    ])
  })

  test('shares a rule with an operator behind the same address', () => {
    expect(texts(ssh, [tcp(22, ann.cidr, 'my-ip bob@desk')])).toEqual([])
  })

  test('takes away the my-ip rules of everybody once it is not declared', () => {
    const none = { permissions: [], myIpAccess: new Set<string>() }
    const actual = [tcp(22, ann.cidr, ann.description), tcp(22, '198.51.100.1/32', 'my-ip bob@desk')]
    expect(ingressDifference(none, actual, undefined).surplus).toEqual(actual)
    expect(texts(ssh, [tcp(23, '198.51.100.1/32', 'my-ip bob@desk'), ...ssh.permissions])).toEqual([
      '- tcp 23 from 198.51.100.1/32 (my-ip bob@desk)',
    ])
  })

  test('keeps the rule of an operator with IPv6 for icmp', () => {
    const icmp = {
      permissions: [],
      myIpAccess: new Set([accessKey({ protocol: 'icmp' })]),
    }
    const source = { cidr: '2001:db8::1/128' }
    expect(texts(icmp, [{ protocol: 'icmpv6', source, description: 'my-ip bob@desk' }])).toEqual([])
  })
})

const source = fc.oneof(
  fc.constantFrom('10.0.0.0/8', '203.0.113.1/32', '2001:db8::/32').map((cidr) => ({ cidr })),
  fc.constantFrom('bee', 'www').map((securityGroup) => ({ securityGroup })),
  fc.constantFrom('sg-1', 'sg-2').map((groupId) => ({ groupId })),
)
const access = fc.oneof(
  fc
    .record({ protocol: fc.constantFrom('tcp' as const, 'udp' as const), fromPort: fc.constantFrom(22, 80) })
    .map((each) => ({ ...each, toPort: each.fromPort })),
  fc.constantFrom(
    { protocol: 'all' as const },
    { protocol: 'icmp' as const },
    { protocol: 'icmpv6' as const },
  ),
)
const description = fc.constantFrom({}, ann, { description: 'my-ip bob@desk' }, { description: 'by hand' })
const permission = fc
  .tuple(access, source, description)
  .map(
    ([reach, from, { description: text }]: [
      Partial<Permission>,
      Permission['source'],
      { description?: string },
    ]) => ({
      protocol: 'all' as const,
      ...reach,
      source: from,
      ...(text !== undefined && { description: text }),
    }),
  )
const permissions = fc.uniqueArray(permission, { selector: permissionKey, maxLength: 12 })
const myIpAccess = fc.array(access.map(accessKey)).map((keys) => new Set(keys))

describe('applying the difference', () => {
  test("gives exactly the declared rules and other operators' own, and nothing to do the next time", () => {
    fc.assert(
      fc.property(permissions, permissions, myIpAccess, (wanted, actual, keys) => {
        const declared = { permissions: wanted, myIpAccess: keys }
        const { missing, surplus } = ingressDifference(declared, actual, ann)
        const after = [...actual.filter((each) => !surplus.includes(each)), ...missing]
        const keysOf = (list: Permission[]) => new Set(list.map(permissionKey))
        const kept = actual.filter(
          (each) =>
            isOfMyIp(each.description) && each.description !== ann.description && keys.has(accessKey(each)),
        )
        expect(keysOf(after)).toEqual(new Set([...keysOf(wanted), ...keysOf(kept)]))
        expect(after).toHaveLength(keysOf(after).size)
        expect(ingressDifference(declared, after, ann)).toEqual({ missing: [], surplus: [] })
      }),
    )
  })
})
