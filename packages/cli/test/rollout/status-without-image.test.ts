import { DeregisterImageCommand } from '@aws-sdk/client-ec2'
import type { Autoscale } from '@package/core/groups/node-group'
import { expect, test } from 'vitest'

import { webNodes, type RolloutWorld } from './rollout-world.ts'
import { onlyGroup, tryAction, webToUpdate } from './web-fleet.ts'

const same = { instance_type: 't3.micro' }
const autoscale: Autoscale = { node_min: 2, node_max: 4, timeout: 60 }

/** What runs was built from an image that is gone, and no other is built. */
async function webWithoutImage(next: object): Promise<RolloutWorld> {
  const world = await webToUpdate({}, same)
  const [running] = Object.values(onlyGroup(world).instances)
  await world.ec2.send(new DeregisterImageCommand({ ImageId: running?.imageId ?? '' }))
  await world.declare(webNodes({ ...same, ...next }))
  return world
}

test.each([
  [{}, false, 'the files say what runs', 0],
  [{ instance_type: 't3.small' }, true, 'the files say something else of its instances', 1],
  [{ autoscale: { ...autoscale, node_max: 6 } }, false, 'settings differ from the files', 1],
])(
  'without a built image it is said what the files would change: %j',
  async (next, differ, text, pending) => {
    const world = await webWithoutImage(next)
    const { outcome, error } = await tryAction(world, 'autoscale:status')
    expect(error?.message).toBeUndefined()
    const lines = outcome?.lines.join('\n') ?? ''
    expect(lines).toMatch(/^web: an update is not possible: web has no image in us-east-1; /)
    expect(lines.split('\n')[0]).toContain(text)
    expect(lines.includes('from the image that it has, it would:')).toBe(pending > 0)
    expect(outcome?.data).toMatchObject({ groups: [{ status: 'unknown', files_differ: differ }] })
  },
)

test('a newer image, and that of what runs gone: it is said whether the files would replace it too', async () => {
  const world = await webWithoutImage({})
  await world.addImage()
  const status = async () => (await tryAction(world, 'autoscale:status')).outcome?.data
  expect(await status()).toMatchObject({ groups: [{ status: 'outdated', files_differ: false }] })
  await world.declare(webNodes({ instance_type: 't3.small' }))
  expect(await status()).toMatchObject({ groups: [{ status: 'outdated', files_differ: true }] })
})
