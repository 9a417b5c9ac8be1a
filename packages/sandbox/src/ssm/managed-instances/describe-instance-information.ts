import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  InstanceInformation,
} from '@aws-sdk/client-ssm'

import { AwsError } from '../../aws-error.ts'
import { privateDnsName } from '../../ec2/instances/dns-names.ts'
import { knownInstances } from '../../ec2/instances/known-instances.ts'
import { impairedSince } from '../../ec2/instances/status-checks.ts'
import type { Instance } from '../../ec2/instances/instance.ts'
import { tagsOf } from '../../ec2/tags/tags.ts'
import type { Scope } from '../../operation.ts'
import { ssmPage } from '../ssm-pages.ts'
import { agentStartsAt, isManaged, isOnline } from './agent.ts'

const agentVersion = '3.3.3050.0'

/** The names and versions that the agent finds on the images of each login. */
const platforms: Readonly<Record<string, [name: string, version: string]>> = {
  ubuntu: ['Ubuntu', '24.04'],
  admin: ['Debian GNU/Linux', '12'],
}

/** The instances that Systems Manager knows, with whether their agents answer. */
export function describeInstanceInformation(
  input: DescribeInstanceInformationRequest,
  scope: Scope,
): DescribeInstanceInformationResult {
  const wanted = [
    ...(input.Filters ?? []).map(({ Key = '', Values = [] }) => ({ key: Key, values: Values })),
    ...(input.InstanceInformationFilterList ?? []).map(({ key = '', valueSet = [] }) => ({
      key,
      values: valueSet,
    })),
  ]
  const tests = wanted.map(({ key, values }) => {
    const valuesOf = valuesFor(key, scope)
    return (each: InstanceInformation) => valuesOf(each).some((value) => values.includes(value))
  })
  const found = Object.values(knownInstances(scope))
    .filter((instance) => isManaged(instance, scope))
    .map((instance) => informationOf(instance, scope))
    .filter((each) => tests.every((test) => test(each)))
  const { items, NextToken } = ssmPage(found, input, [5, 50])
  return { InstanceInformationList: items, NextToken }
}

function informationOf(instance: Instance, scope: Scope): InstanceInformation {
  const { instanceId, privateIp, user, ending } = instance
  const online = isOnline(instance, scope.now, scope)
  const registeredAt = agentStartsAt(instance, scope)
  const lastSeen = Math.min(
    ending?.askedAt ?? Infinity,
    impairedSince(instance, scope) ?? Infinity,
    scope.now,
  )
  const [PlatformName, PlatformVersion] = platforms[user] ?? ['Amazon Linux', '2023']
  return {
    InstanceId: instanceId,
    PingStatus: online ? 'Online' : 'ConnectionLost',
    LastPingDateTime: new Date(Math.max(registeredAt, lastSeen)),
    AgentVersion: agentVersion,
    IsLatestVersion: true,
    PlatformType: 'Linux',
    PlatformName,
    PlatformVersion,
    ResourceType: 'EC2Instance',
    IPAddress: privateIp,
    ComputerName: privateDnsName(instance),
    SourceId: instanceId,
    SourceType: 'AWS::EC2::Instance',
  }
}

function valuesFor(key: string, scope: Scope): (each: InstanceInformation) => string[] {
  const tag = /^tag:(.+)$/.exec(key)?.[1]
  if (tag !== undefined) {
    return ({ InstanceId = '' }) => {
      const tags = tagsOf(scope, InstanceId)
      return Object.hasOwn(tags, tag) ? [tags[tag] ?? ''] : []
    }
  }
  switch (key) {
    case 'InstanceIds':
      return ({ InstanceId = '' }) => [InstanceId]
    case 'PingStatus':
      return ({ PingStatus = '' }) => [PingStatus]
    case 'PlatformTypes':
      return ({ PlatformType = '' }) => [PlatformType]
    case 'ResourceType':
      return ({ ResourceType = '' }) => [ResourceType]
    case 'AgentVersion':
      return ({ AgentVersion = '' }) => [AgentVersion]
    case 'tag-key':
      return ({ InstanceId = '' }) => Object.keys(tagsOf(scope, InstanceId))
    default:
      throw new AwsError('InvalidFilterKey', `The filter key ${key} is not valid.`)
  }
}
