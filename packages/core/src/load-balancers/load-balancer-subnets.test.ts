import { expect, test } from 'vitest'

import type { LoadBalancer } from '../groups/node-group.ts'
import type { Subnet } from '../ports/cloud/networks.ts'
import { loadBalancerSubnets, onePerZone } from './load-balancer-subnets.ts'

const subnet = (id: string, zone: string, vpcId = 'vpc-1'): Subnet => ({
  id,
  zone,
  vpcId,
  isDefaultForZone: true,
})
const all = [
  subnet('subnet-a2', 'a'),
  subnet('subnet-a1', 'a'),
  subnet('subnet-b1', 'b'),
  subnet('subnet-x', 'a', 'vpc-2'),
]
const cloud = {
  region: 'eu-central-1',
  subnetsNamed: (ids: readonly string[]) => Promise.resolve(all.filter(({ id }) => ids.includes(id))),
}
const group = { name: 'www', own: {}, fields: {} }
const http: LoadBalancer = { listeners: [{ port: 80, protocol: 'http' }] }
const tcp: LoadBalancer = { listeners: [{ port: 80, protocol: 'tcp' }] }

function subnetsFor(declared: LoadBalancer, ids: string[], inUse: string[] = []) {
  const place = { vpcId: 'vpc-1', subnets: all.filter(({ id }) => ids.includes(id)) }
  return loadBalancerSubnets(cloud, group, declared, place, inUse)
}

test('takes those of the group, one of each zone, the same whatever their order', async () => {
  expect(await subnetsFor(http, ['subnet-a1', 'subnet-a2', 'subnet-b1'])).toEqual(['subnet-a1', 'subnet-b1'])
  expect(onePerZone(all.toReversed(), [])).toEqual(onePerZone(all, []))
})

test('stays in a subnet that it is in', async () => {
  const ids = await subnetsFor(http, ['subnet-a1', 'subnet-a2', 'subnet-b1'], ['subnet-a2', 'subnet-gone'])
  expect(ids).toEqual(['subnet-a2', 'subnet-b1'])
})

test('takes those that are declared, whatever it is in', async () => {
  const declared = { ...http, subnets: ['subnet-b1', 'subnet-a1'] }
  expect(await subnetsFor(declared, ['subnet-a2'], ['subnet-a2'])).toEqual(['subnet-a1', 'subnet-b1'])
})

test('one zone is enough for tcp, not for http', async () => {
  expect(await subnetsFor(tcp, ['subnet-a1'])).toEqual(['subnet-a1'])
  const refusal = { kind: 'config', code: 'LOAD_BALANCER_SUBNETS', message: /of www has subnets in a only/ }
  await expect(subnetsFor(http, ['subnet-a1'])).rejects.toMatchObject(withMessage(refusal))
})

test.each([
  ['two of one zone', ['subnet-a1', 'subnet-a2', 'subnet-b1'], /two subnets in a/],
  ['one of another VPC', ['subnet-x', 'subnet-b1'], /subnet-x .* is no subnet of vpc-1/],
  ['one that is not there', ['subnet-0', 'subnet-b1'], /subnet-0 .* is no subnet of vpc-1 in eu-central-1/],
])('refuses %s', async (_, subnets, message) => {
  await expect(subnetsFor({ ...http, subnets }, ['subnet-a1'])).rejects.toThrow(message)
})

test('refuses to leave out a zone that the instances can be in', async () => {
  const declared = { ...tcp, subnets: ['subnet-b1'] }
  await expect(subnetsFor(declared, ['subnet-a1', 'subnet-b1'])).rejects.toThrow('has no subnet in a')
})

function withMessage({ message, ...rest }: { kind: string; code: string; message: RegExp }) {
  return { ...rest, message: expect.stringMatching(message) as string }
}
