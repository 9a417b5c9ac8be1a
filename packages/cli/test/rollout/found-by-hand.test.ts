import {
  CreateAutoScalingGroupCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling'
import { DeleteLaunchTemplateCommand, DescribeLaunchTemplatesCommand } from '@aws-sdk/client-ec2'
import { findAction } from '@package/core/actions/all'
import { expect, test } from 'vitest'

import { webNodes, type RolloutWorld } from './rollout-world.ts'
import { servingDigest } from './settled.ts'
import {
  balanced,
  expectReplaced,
  fleetOf,
  launchesFrom,
  nextLaunch,
  onlyGroup,
  tryAction,
  tryUpdate,
  webToUpdate,
} from './web-fleet.ts'

const same = { instance_type: 't3.micro' }
const old = { AutoScalingGroupName: 'web-v000' }

async function templateId(world: RolloutWorld): Promise<string> {
  const { LaunchTemplates: [template] = [] } = await world.ec2.send(new DescribeLaunchTemplatesCommand({}))
  return template?.LaunchTemplateId ?? ''
}

async function statusOf(world: RolloutWorld, operands = ['web']): Promise<string> {
  const { outcome } = await tryAction(world, 'autoscale:status', { operands })
  return outcome?.lines.join('\n') ?? ''
}

/** The same launch template used by a group of somebody else. */
async function groupByHand(
  world: RolloutWorld,
  name: string,
  tags: Record<string, string> = {},
): Promise<void> {
  const [running] = fleetOf(world).groups
  await world.scaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      LaunchTemplate: { LaunchTemplateId: await templateId(world), Version: '1' },
      MinSize: 0,
      MaxSize: 0,
      VPCZoneIdentifier: running?.subnetIds.join(),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  )
}

test('a launch template deleted by hand is noticed: what runs is replaced', async () => {
  const world = await webToUpdate({}, same)
  expect(await statusOf(world)).toMatch(/^web: up to date/)
  await world.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: await templateId(world) }))
  expect(await statusOf(world)).toMatch(
    /somebody has deleted the launch template version that it starts from/,
  )
  const before = world.store.snapshot()
  const failing = { impairedLaunches: launchesFrom(nextLaunch(world)) }
  const failed = await tryUpdate(world, { faults: failing })
  expect(failed.text).toMatch(/web-v001 was removed; web-v000 serves as before/)
  expect((await tryUpdate(world)).outcome?.data).toMatchObject({ groups: [{ status: 'replaced' }] })
  world.restore(before)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expect(fleetOf(world).groups.map(({ name }) => name)).toEqual(['web-v001'])
  expect(await statusOf(world)).toMatch(/^web: up to date/)
})

test('a name that another project has is a conflict, and nothing is left behind', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  await groupByHand(world, 'web-v001', {
    'package:project': 'other',
    'package:environment': 'prod',
    group: 'web',
  })
  const tried = await tryUpdate(world)
  expect(tried.error).toMatchObject({ code: 'AUTOSCALE_FOREIGN', kind: 'conflict' })
  expect(tried.text).toMatch(/web-v001 of the project other, environment prod/)
  expect(tried.text).toMatch(/rename web in nodes\.json/)
  const [ours = ''] = tried.error?.hint?.split('(aws ') ?? []
  expect(ours.match(/--[a-z-]+/g)).toEqual(['--env'])
  expect((await findAction('autoscale:update'))?.options).toHaveProperty('env')
  expect(fleetOf(world).templateVersions).toEqual([1])
  expect(servingDigest(world)).toBe(digest)
  expect(Object.keys(fleetOf(world).groups[0]?.suspended ?? {})).toEqual([])
})

test('a first start too leaves nothing behind', async () => {
  const other = await webToUpdate()
  await groupByHand(other, 'mail-v000')
  await other.declare({ ...webNodes(), mail: (webNodes() as { web: object }).web })
  await other.addImage('mail')
  const ran = await tryAction(other, 'autoscale:run', { operands: ['mail'] })
  expect(ran.error).toMatchObject({ code: 'AUTOSCALE_FOREIGN', kind: 'conflict' })
  expect(ran.text).toMatch(/there is an autoscale group mail-v000 of no project/)
  expect(fleetOf(other).templates).toBe(1)
})

test('a launch template that another group starts from is not deleted', async () => {
  const world = await webToUpdate()
  await groupByHand(world, 'theirs')
  const tried = await tryAction(world, 'autoscale:delete', { options: { yes: true } })
  expect(tried.error?.message).toBeUndefined()
  expect(tried.text).toMatch(/launch template tests\/web stays: theirs launches from it/)
  expect(fleetOf(world).groups.map(({ name }) => name)).toEqual(['theirs'])
  expect(fleetOf(world).templates).toBe(1)
})

test('what instances failed of is said of those that were replaced too', async () => {
  const web = { ...balanced, autoscale: { node_min: 2, node_max: 4, timeout: 60, grace_period: 30 } }
  const world = await webToUpdate(web)
  const sickLaunches = launchesFrom(nextLaunch(world)).map((launch) => ({ launch, after: 40 }))
  const tried = await tryUpdate(world, { faults: { sickLaunches } })
  expect(tried.error?.code).toBe('NOT_HEALTHY')
  expect(tried.text).toMatch(/replaced meanwhile; i-\w+.*(status checks: impaired|Request timed out)/)
  expect(tried.text).not.toMatch(/: terminating/)
})

test('status names instances that keep an old version from going', async () => {
  const world = await webToUpdate()
  const [id = ''] = Object.keys(onlyGroup(world).instances)
  const protect = { ...old, InstanceIds: [id], ProtectedFromScaleIn: true }
  await world.scaling.send(new SetInstanceProtectionCommand(protect))
  expect((await tryUpdate(world)).error?.code).toBe('NOT_EMPTY')
  const status = await statusOf(world)
  expect(status).toMatch(/^web: web-v000, which is not in charge any more, has instances that are protected/)
  expect(status).not.toMatch(/cut off/)
})

test('a load balancer that was made again is an update', async () => {
  const world = await webToUpdate({}, { ...balanced, ...same })
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.outcome?.data).toMatchObject({ groups: [{ group: 'web', status: 'updated' }] })
  expect(JSON.stringify(tried.outcome?.data)).toMatch(/create internet-facing application load balancer/)
})

test('Ctrl-C says what exists', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  let isStopping = false
  const tried = await tryUpdate(world, {
    isStopping: () => isStopping,
    onCall: (operation) => void (isStopping ||= operation === 'SuspendProcesses'),
  })
  expect(tried.error).toMatchObject({ code: 'CANCELLED', kind: 'cancelled' })
  expect(tried.text).toMatch(/stopped half-way: web-v000 is live, web-v001 is staging/)
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  expectReplaced(world, digest)
})

test('a process that somebody has suspended runs in the next version: that is said', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const suspend = { ...old, ScalingProcesses: ['ReplaceUnhealthy'] }
  await world.scaling.send(new SuspendProcessesCommand(suspend))
  const tried = await tryUpdate(world)
  expect(tried.text).toMatch(
    /web-v000: somebody has suspended ReplaceUnhealthy; that does not go over to web-v001/,
  )
  expectReplaced(world, digest)
})

test('status names what runs and is not in nodes.json any more', async () => {
  const world = await webToUpdate({}, same)
  expect(await statusOf(world, [])).not.toMatch(/nodes\.json has no/)
  const { web, ...others } = webNodes() as { web: object }
  await world.declare({ ...others, site: web })
  const status = await statusOf(world, [])
  expect(status).toMatch(
    /^web: web-v000 runs in us-east-1, and nodes\.json has no autoscale group web there/m,
  )
  expect(status).toMatch(/put it back, and package autoscale:delete web takes it down/)
})
