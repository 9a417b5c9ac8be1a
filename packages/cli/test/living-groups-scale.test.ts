import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import {
  CreateImageCommand,
  CreateKeyPairCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { requestHandler } from '@package/sandbox/doors/request-handler'
import { noHosts } from '@package/sandbox/hosts/no-hosts'
import { Sandbox } from '@package/sandbox/sandbox'
import { expect, test } from 'vitest'

import { FleetBySdk } from './fleet-by-sdk.ts'
import { nodesText } from './project.ts'
import { SandboxProject } from './sandbox-project.ts'
import { checkout } from './tools.ts'

type Fields = Record<string, unknown> & { region: string; key_name: string }

/** The groups that this repository declares. */
const living = JSON.parse(readFileSync(join(checkout, 'nodes.json'), 'utf8')) as Record<string, Fields>

const sourceAmi = 'ami-12c6146b'
const minute = 60_000
const hour = 60 * minute

/** A group of this repository in a sandbox of its own, in which time only passes as it is told to, and while a command waits. */
class LivingGroup {
  readonly #project = new SandboxProject(living)
  readonly #sandbox: Sandbox
  readonly #name: string
  readonly #fields: Fields
  readonly fleet: FleetBySdk

  constructor(name: string) {
    const fields = living[name]
    if (fields === undefined) throw new Error(`nodes.json has no ${name}`)
    this.#name = name
    this.#fields = fields
    const { region } = fields
    this.#sandbox = new Sandbox({
      folder: this.#project.path('.package/sandbox'),
      hosts: noHosts(),
      images: [{ region, imageId: sourceAmi }],
    })
    this.fleet = new FleetBySdk({ requestHandler: requestHandler(this.#sandbox) }, { region, group: name })
  }

  /** The key and the image that a launch needs. */
  async seed(): Promise<void> {
    const { ec2 } = this.fleet
    await ec2.send(new CreateKeyPairCommand({ KeyName: this.#fields.key_name }))
    const launch = { ImageId: sourceAmi, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 } as const
    const { Instances = [] } = await ec2.send(new RunInstancesCommand(launch))
    const InstanceId = Instances[0]?.InstanceId ?? ''
    await this.#sandbox.advance(minute)
    const Tags = [
      { Key: 'package:project', Value: living['__settings__']?.['project'] as string },
      { Key: 'group', Value: this.#name },
    ]
    const TagSpecifications = [{ ResourceType: 'image' as const, Tags }]
    await ec2.send(new CreateImageCommand({ InstanceId, Name: this.#name, TagSpecifications }))
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }))
    await this.#sandbox.advance(10 * minute)
  }

  succeed(action: string): void {
    const { exit, err } = this.#project.run(action, this.#name)
    expect(exit, `${action} ${this.#name}: ${err}`).toBe(0)
  }

  /** Other instances are wanted from now on. */
  declareType(instance_type: string): void {
    const nodes = { ...living, [this.#name]: { ...this.#fields, instance_type } }
    this.#project.write('nodes.json', nodesText(nodes))
  }

  async pass(milliseconds: number): Promise<void> {
    await this.#sandbox.advance(milliseconds)
  }

  /** Lets time pass until it is that time of day in a zone so many hours from UTC. */
  async passUntil(timeOfDay: number, hoursFromUtc: number): Promise<void> {
    const day = 24 * hour
    const local = (this.#sandbox.now() + hoursFromUtc * hour) % day
    await this.pass((timeOfDay - local + day) % day)
  }

  /** Lets so many tuners be connected for so many minutes: each minute its nodes tell CloudWatch how many each of them has. */
  async connect(tuners: number, minutes: number): Promise<void> {
    const { cloudWatch } = this.fleet
    for (let count = 0; count < minutes; count += 1) {
      const [, nodes] = await this.inService()
      const measured = {
        MetricName: 'ConnectedTuners',
        Dimensions: [{ Name: 'group', Value: this.#name }],
        Value: tuners / nodes,
        Timestamp: new Date(this.#sandbox.now()),
      }
      await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'CCR', MetricData: [measured] }))
      await this.pass(minute)
    }
  }

  /** The only version there is: its name, and how many of its instances are in service. */
  async inService(): Promise<[string, number]> {
    const [version, ...others] = await this.fleet.versions()
    if (version === undefined || others.length > 0) throw new Error('there is not one autoscale group')
    const { name, instances } = version
    return [name, instances.filter(({ state }) => state === 'InService').length]
  }

  /** Of all alarms: the threshold, and the autoscale groups whose policies it calls. */
  async alarms() {
    const { MetricAlarms = [] } = await this.fleet.cloudWatch.send(new DescribeAlarmsCommand({}))
    return MetricAlarms.map(({ Threshold, AlarmActions = [] }) => ({
      threshold: Threshold,
      groups: AlarmActions.map((arn) => /autoScalingGroupName\/([^:]+)/.exec(arn)?.[1] ?? arn),
    }))
  }
}

/** Argentina has had no daylight saving time since 2009. */
const buenosAires = -3

test('geodiff-worker is off at night, also after an update at night', async () => {
  const group = new LivingGroup('geodiff-worker')
  await group.seed()
  await group.passUntil(12 * hour, buenosAires)
  group.succeed('autoscale:run')
  expect(await group.inService()).toEqual(['geodiff-worker-v000', 4])
  await group.passUntil(22 * hour - minute, buenosAires)
  expect(await group.inService()).toEqual(['geodiff-worker-v000', 4])
  await group.pass(10 * minute)
  expect(await group.inService()).toEqual(['geodiff-worker-v000', 0])
  expect(await group.fleet.instances()).toEqual([])
  await group.passUntil(7 * hour - minute, buenosAires)
  expect(await group.inService()).toEqual(['geodiff-worker-v000', 0])
  await group.pass(10 * minute)
  expect(await group.inService()).toEqual(['geodiff-worker-v000', 4])

  await group.passUntil(23 * hour, buenosAires)
  group.declareType('t3.small')
  group.succeed('autoscale:update')
  expect(await group.inService()).toEqual(['geodiff-worker-v001', 0])
  expect(await group.fleet.instances()).toEqual([])
  await group.passUntil(7 * hour - minute, buenosAires)
  expect(await group.inService()).toEqual(['geodiff-worker-v001', 0])
  await group.pass(10 * minute)
  expect(await group.inService()).toEqual(['geodiff-worker-v001', 4])
  expect((await group.fleet.instances()).map(({ type }) => type)).toEqual(Array(4).fill('t3.small'))
  await group.passUntil(22 * hour + 10 * minute, buenosAires)
  expect(await group.inService()).toEqual(['geodiff-worker-v001', 0])
})

test('an update that runs while the night begins or ends misses neither', async () => {
  const group = new LivingGroup('geodiff-worker')
  await group.seed()
  await group.passUntil(12 * hour, buenosAires)
  group.succeed('autoscale:run')
  await group.passUntil(22 * hour - minute, buenosAires)
  group.declareType('t3.small')
  group.succeed('autoscale:update')
  await group.pass(10 * minute)
  expect(await group.inService()).toEqual(['geodiff-worker-v001', 0])
  await group.passUntil(7 * hour - minute, buenosAires)
  group.declareType('t3.medium')
  group.succeed('autoscale:update')
  await group.pass(10 * minute)
  expect(await group.inService()).toEqual(['geodiff-worker-v002', 4])
})

/** The two that AWS makes for a policy which tracks a target of 2. */
function alarmsOf(name: string) {
  return [
    { threshold: 2, groups: [name] },
    { threshold: 1.8, groups: [name] },
  ]
}

test('ccr-repository grows and shrinks by its policy, also after an update', async () => {
  const group = new LivingGroup('ccr-repository')
  await group.seed()
  group.succeed('autoscale:run')
  expect(await group.inService()).toEqual(['ccr-repository-v000', 2])
  expect(await group.alarms()).toEqual(alarmsOf('ccr-repository-v000'))
  await group.connect(4, 30)
  expect(await group.inService()).toEqual(['ccr-repository-v000', 2])
  await group.connect(8, 30)
  expect(await group.inService()).toEqual(['ccr-repository-v000', 4])
  await group.connect(100, 60)
  expect(await group.inService()).toEqual(['ccr-repository-v000', 10])
  await group.connect(1, 120)
  expect(await group.inService()).toEqual(['ccr-repository-v000', 2])
  await group.connect(6, 30)
  expect(await group.inService()).toEqual(['ccr-repository-v000', 3])

  group.declareType('t3.small')
  group.succeed('autoscale:update')
  expect(await group.inService()).toEqual(['ccr-repository-v001', 3])
  expect(await group.alarms()).toEqual(alarmsOf('ccr-repository-v001'))
  await group.connect(10, 30)
  expect(await group.inService()).toEqual(['ccr-repository-v001', 5])
  expect((await group.fleet.instances()).map(({ type }) => type)).toEqual(Array(5).fill('t3.small'))
  await group.connect(1, 60)
  expect(await group.inService()).toEqual(['ccr-repository-v001', 2])
})
