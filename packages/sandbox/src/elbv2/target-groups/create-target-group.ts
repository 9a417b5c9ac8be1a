import type {
  CreateTargetGroupInput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { newArn } from '../new-arn.ts'
import { tagOnCreate } from '../tags/tags.ts'
import { checkName, required, unknownToSandbox, validationError } from '../validation-error.ts'
import { checkBounds, healthCheckFrom, isHttp } from './health-check.ts'
import { shownTargetGroup } from './target-group-answer.ts'
import type { TargetGroup } from './target-group.ts'

/** User Guide, "Quotas": target groups per region. */
const mostTargetGroups = 3000

/** API Reference, CreateTargetGroup: "This operation is idempotent", as long as the settings are the same. */
export function createTargetGroup(input: CreateTargetGroupInput, scope: Scope): CreateTargetGroupOutput {
  const settings = settingsFrom(input, scope)
  const { targetGroups } = scope.state.elbv2
  const known = Object.values(targetGroups).find(({ name }) => name === settings.name)
  if (known) {
    if (isSame(known, settings)) return { TargetGroups: [shownTargetGroup(known)] }
    throw new AwsError(
      'DuplicateTargetGroupName',
      `A target group with the same name '${known.name}' exists, but with different settings`,
    )
  }
  if (Object.keys(targetGroups).length >= mostTargetGroups) {
    throw new AwsError('TooManyTargetGroups', 'The maximum number of target groups has been reached.')
  }
  const arn = newArn(scope, `targetgroup/${settings.name}`)
  const group: TargetGroup = { ...settings, arn, attributes: {}, targets: {} }
  tagOnCreate(scope, arn, input.Tags)
  targetGroups[arn] = group
  scope.consistency.created(arn)
  return { TargetGroups: [shownTargetGroup(group)] }
}

type Settings = Omit<TargetGroup, 'arn' | 'attributes' | 'targets' | 'usedBy'>

function settingsFrom(input: CreateTargetGroupInput, scope: Scope): Settings {
  const name = required(input.Name, 'name')
  checkName(name, 'Target group')
  const { TargetType: targetType = 'instance', Protocol: protocol, Port: port, VpcId: vpcId } = input
  if (targetType !== 'instance' && targetType !== 'ip') {
    throw unknownToSandbox(`targets of type ${targetType}`)
  }
  if (input.TargetControlPort !== undefined) throw unknownToSandbox('target control port')
  if (protocol === undefined) throw validationError('A protocol must be specified')
  if (!isHttp(protocol) && !/^(TCP|TLS|UDP|TCP_UDP)$/.test(protocol)) {
    throw unknownToSandbox(`target groups of protocol ${protocol}`)
  }
  if (port === undefined) throw validationError('A port must be specified')
  checkBounds('port', port, 1, 65_535)
  if (vpcId === undefined || vpcId === '') throw validationError('A VPC ID must be specified')
  if (!Object.hasOwn(scope.state.ec2.vpcs, vpcId)) {
    throw validationError(`The VPC ID '${vpcId}' is not found`)
  }
  return {
    name,
    protocol,
    ...protocolVersionFrom(input.ProtocolVersion, protocol),
    port,
    vpcId,
    targetType,
    ipAddressType: input.IpAddressType ?? 'ipv4',
    healthCheck: healthCheckFrom(input, protocol),
  }
}

function protocolVersionFrom(given: string | undefined, protocol: string): Pick<Settings, 'protocolVersion'> {
  if (!isHttp(protocol)) {
    if (given === undefined) return {}
    throw validationError('Protocol versions can be specified for HTTP and HTTPS only')
  }
  if (given === 'GRPC') throw unknownToSandbox('gRPC')
  if (given !== undefined && given !== 'HTTP1' && given !== 'HTTP2') {
    throw validationError(`Protocol version '${given}' must be one of 'HTTP1, HTTP2, GRPC'`)
  }
  return { protocolVersion: given ?? 'HTTP1' }
}

function isSame(known: TargetGroup, given: Settings): boolean {
  const textOf = (group: Settings) =>
    JSON.stringify([
      group.protocol,
      group.protocolVersion,
      group.port,
      group.vpcId,
      group.targetType,
      group.ipAddressType,
      Object.entries(group.healthCheck).sort(([a], [b]) => (a < b ? -1 : 1)),
    ])
  return textOf(known) === textOf(given)
}
