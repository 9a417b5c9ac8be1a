import {
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  GetConsoleOutputCommand,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type Filter,
  type Instance as Ec2Instance,
  type InstanceStatus,
} from '@aws-sdk/client-ec2'
import type { Instance, Instances } from '@package/core/ports/cloud/instances'

import { awsCodeOf } from './aws-error.ts'
import { base64Text } from './base64-text.ts'
import { batches } from './batches.ts'
import type { Consistent } from './consistent.ts'
import { toRunInstances } from './launch.ts'
import { allPages } from './pages.ts'
import type { Send } from './sender.ts'
import { tagFilters, toTags } from './tags.ts'

/** EC2's largest page, and the most ids that it takes at once. */
const pageSize = 1000

/** EC2 API Reference, "Filtering": the most values of one filter. */
const filterSize = 200

/** EC2 API Reference, DescribeInstanceStatus: the most ids of one call. */
const mostStatuses = 100

const living = { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped'] }

export function instances(send: Send, consistent: Consistent): Instances {
  const describe = (filters: Filter[]) => describeInstances(send, filters)
  return {
    instances: (tags) => describe(tagFilters(tags)),
    instancesWithKey: (keyName) => describe([{ Name: 'key-name', Values: [keyName] }, living]),
    async instancesOfImages(imageIds) {
      const found = []
      for (const some of batches(imageIds, filterSize)) {
        found.push(...(await describe([{ Name: 'image-id', Values: some }, living])))
      }
      return found
    },
    async instancesNamed(ids) {
      const found = []
      for (const some of batches(ids, filterSize)) {
        found.push(...(await describe([{ Name: 'instance-id', Values: some }])))
      }
      return found
    },
    statusChecks: (ids) => statusChecks(send, ids),
    async launch(launch) {
      const command = new RunInstancesCommand(toRunInstances(launch))
      const { securityGroupIds, keyName } = launch
      const { Instances: made = [] } = await consistent.untilFound([...securityGroupIds, keyName], () =>
        send(command),
      )
      for (const { InstanceId = '' } of made) consistent.made(InstanceId)
      return made.map(toInstance)
    },
    async terminate(ids) {
      for (const some of batches(ids, pageSize)) await terminate(send, some)
    },
    async allowTermination(id) {
      await send(
        new ModifyInstanceAttributeCommand({ InstanceId: id, DisableApiTermination: { Value: false } }),
      )
    },
    async consoleOutput(id) {
      const read = (Latest: boolean) =>
        consistent.untilFound([id], () => send(new GetConsoleOutputCommand({ InstanceId: id, Latest })))
      const { Output = '' } = await read(true).catch((error: unknown) => {
        if (awsCodeOf(error) !== 'UnsupportedOperation') throw error
        return read(false)
      })
      return base64Text(Output)
    },
  }
}

async function describeInstances(send: Send, filters: Filter[]): Promise<Instance[]> {
  const reservations = await allPages(async (token) => {
    const page = await send(
      new DescribeInstancesCommand({
        Filters: filters,
        MaxResults: pageSize,
        ...(token !== undefined && { NextToken: token }),
      }),
    )
    return { items: page.Reservations, next: page.NextToken }
  })
  return reservations.flatMap(({ Instances: found = [] }) => found.map(toInstance))
}

async function statusChecks(send: Send, ids: readonly string[]) {
  const found = await Promise.all(batches(ids, mostStatuses).map((some) => describeStatuses(send, some)))
  return new Map(
    found.flat().map(({ InstanceId = '', InstanceStatus, SystemStatus }) => {
      const both = [InstanceStatus?.Status, SystemStatus?.Status]
      const isOk = both.every((status) => status === 'ok')
      return [InstanceId, isOk ? 'ok' : both.includes('impaired') ? 'impaired' : 'initializing'] as const
    }),
  )
}

function describeStatuses(send: Send, InstanceIds: string[]): Promise<InstanceStatus[]> {
  return allPages(async (token) => {
    const page = await send(
      new DescribeInstanceStatusCommand({ InstanceIds, ...(token !== undefined && { NextToken: token }) }),
    )
    return { items: page.InstanceStatuses, next: page.NextToken }
  })
}

/** AWS refuses a call as a whole when one of its instances is gone: then each goes alone. */
async function terminate(send: Send, ids: string[]): Promise<void> {
  try {
    await send(new TerminateInstancesCommand({ InstanceIds: ids }))
  } catch (error) {
    if (awsCodeOf(error) !== 'InvalidInstanceID.NotFound') throw error
    if (ids.length > 1) for (const id of ids) await terminate(send, [id])
  }
}

function toInstance(instance: Ec2Instance): Instance {
  return {
    id: textOf(instance.InstanceId),
    state: instance.State?.Name ?? 'pending',
    stateReason: textOf(instance.StateReason?.Message),
    type: textOf(instance.InstanceType),
    imageId: textOf(instance.ImageId),
    zone: textOf(instance.Placement?.AvailabilityZone),
    vpcId: textOf(instance.VpcId),
    launchedAt: textOf(instance.LaunchTime?.toISOString()),
    launchTime: instance.LaunchTime?.getTime() ?? 0,
    securityGroupIds: (instance.SecurityGroups ?? []).map(({ GroupId }) => textOf(GroupId)),
    tags: toTags(instance.Tags),
    ...whereGiven({
      keyName: instance.KeyName,
      privateIp: instance.PrivateIpAddress,
      publicIp: instance.PublicIpAddress,
    }),
  }
}

function textOf(text: string | undefined): string {
  return text ?? ''
}

/** AWS leaves some texts out and gives others empty. */
function whereGiven<K extends string>(texts: Record<K, string | undefined>): { [P in K]?: string } {
  const given = Object.entries(texts).filter(([, text]) => text !== undefined && text !== '')
  return Object.fromEntries(given) as { [P in K]?: string }
}
