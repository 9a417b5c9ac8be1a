import { expect, test } from 'vitest'

import { RolloutWorld, webNodes } from './rollout-world.ts'
import { attachTheirs } from './their-target-group.ts'
import { balanced, busy, tryAction, webToUpdate, type Tried } from './web-fleet.ts'

const dryRun = { 'dry-run': true }
const sameInstances = { instance_type: 't3.micro' }

function onPort(target_port: number): object {
  const listeners = [{ port: 80, protocol: 'http', target_port }]
  return { load_balancer: { ...balanced.load_balancer, listeners } }
}

function withPolicies(...policies: object[]): object {
  return { autoscale: { node_min: 2, node_max: 4, timeout: 60, policies } }
}

function steps({ error, outcome }: Tried): readonly string[] {
  expect(error?.message).toBeUndefined()
  const data = outcome?.data as { groups: { steps: string[] }[] } | undefined
  return data?.groups[0]?.steps ?? []
}

/** Says the same before and after; gives it. */
async function asPlanned(world: RolloutWorld, action: string, options = {}): Promise<string> {
  const planned = steps(await tryAction(world, action, { options: { ...options, ...dryRun } }))
  expect(planned.length).toBeGreaterThan(0)
  expect(steps(await tryAction(world, action, { options }))).toEqual(planned)
  return planned.join('\n')
}

const removed =
  /delete listener 80\ndelete load balancer web-[0-9a-f]{8}\ndelete target group web-[0-9a-f]{8}$/

test.each<[string, object, object, RegExp]>([
  ['a load balancer that comes', {}, { ...sameInstances, ...balanced }, /^create .*\nweb-v000: attach/s],
  ['a load balancer that comes with other instances', {}, balanced, /^create .*\nweb-v001: create/s],
  [
    'a load balancer that goes',
    balanced,
    { ...sameInstances, load_balancer: false },
    new RegExp(`web-v000: detach and drain target group web-[0-9a-f]{8}\n${removed.source}`),
  ],
  [
    'a load balancer that goes with the instances',
    balanced,
    { load_balancer: false },
    new RegExp(`^web-v001: create.*\nweb-v000: delete\n${removed.source}`, 's'),
  ],
  [
    'another target port',
    balanced,
    { ...sameInstances, ...onPort(9090) },
    /wait until all .*\nchange listener 80 .*\nweb-v000: detach and drain .*\nchange listener 80 .*\ndelete target group/s,
  ],
  [
    'another target port and other instances',
    balanced,
    onPort(9090),
    /put in charge\nchange listener 80 .*\nweb-v000: take out of charge\n.*\ndelete target group/s,
  ],
  [
    'another policy and other instances',
    withPolicies(busy),
    withPolicies({ ...busy, name: 'busier' }),
    /set policy package\/busier.*\nalarm tests\/web\/busy: delete/s,
  ],
])('a dry run says what an update then does: %s', async (_what, web, next, words) => {
  const world = await webToUpdate(web, next)
  expect(await asPlanned(world, 'autoscale:update')).toMatch(words)
})

test('with a target group of somebody else', async () => {
  const world = await webToUpdate(balanced)
  await attachTheirs(world)
  expect(await asPlanned(world, 'autoscale:update')).toMatch(/carry over target group theirs/)
})

test('of a first start, and of a deletion', async () => {
  const world = new RolloutWorld()
  await world.declare(webNodes(balanced))
  await world.addImage()
  await asPlanned(world, 'autoscale:run')
  await asPlanned(world, 'autoscale:delete', { yes: true })
})
