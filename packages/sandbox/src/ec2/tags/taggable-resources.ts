import type { ResourceType } from '@aws-sdk/client-ec2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Ec2State } from '../ec2-state.ts'

interface Kind {
  type: ResourceType
  has: (state: Ec2State, id: string) => boolean
  code: string
  message: (id: string) => string
}

const kinds: Readonly<Record<string, Kind>> = {
  i: kind('instance', 'instances', 'InvalidInstanceID', 'instance ID'),
  ami: {
    ...kind('image', 'images', 'InvalidAMIID', 'image id'),
    message: (id) => `The image id '[${id}]' does not exist`,
  },
  snap: kind('snapshot', 'snapshots', 'InvalidSnapshot', 'snapshot'),
  vol: kind('volume', 'volumes', 'InvalidVolume', 'volume'),
  sg: kind('security-group', 'securityGroups', 'InvalidGroup', 'security group'),
  sgr: {
    ...kind('security-group-rule', undefined, 'InvalidSecurityGroupRuleId', 'security group rule ID'),
    has: ({ securityGroups }, id) =>
      Object.values(securityGroups).some(({ rules }) => rules.some(({ ruleId }) => ruleId === id)),
  },
  key: kind('key-pair', 'keyPairs', 'InvalidKeyPair', 'key pair'),
  lt: kind('launch-template', 'launchTemplates', 'InvalidLaunchTemplateId', 'launch template ID'),
  eipalloc: kind('elastic-ip', 'addresses', 'InvalidAllocationID', 'allocation ID'),
  eni: {
    ...kind('network-interface', undefined, 'InvalidNetworkInterfaceID', 'networkInterface ID'),
    has: ({ instances }, id) =>
      Object.values(instances).some(({ networkInterfaceId }) => networkInterfaceId === id),
  },
  subnet: kind('subnet', 'subnets', 'InvalidSubnetID', 'subnet ID'),
  vpc: kind('vpc', 'vpcs', 'InvalidVpcID', 'vpc ID'),
}

function kind(
  type: ResourceType,
  collection: Exclude<keyof Ec2State, 'launches' | 'tags' | 'tokens'> | undefined,
  code: string,
  noun: string,
): Kind {
  return {
    type,
    has: (state, id) => collection !== undefined && Object.hasOwn(state[collection], id),
    code: `${code}.NotFound`,
    message: (id) => `The ${noun} '${id}' does not exist`,
  }
}

/** Throws AwsError for an id that is none, and for one of a resource that does not exist. */
export function checkTaggable(scope: Scope, id: string): void {
  const found = kindOf(id)
  if (found === undefined) throw new AwsError('InvalidID', `The ID '${id}' is not valid`)
  if (!found.has(scope.state.ec2, id)) throw new AwsError(found.code, found.message(id))
}

/** Of what type the resource with this id is. */
export function resourceTypeOf(id: string): ResourceType | undefined {
  return kindOf(id)?.type
}

function kindOf(id: string): Kind | undefined {
  const [, prefix = ''] = /^([a-z]+)-[0-9a-f]+$/.exec(id) ?? []
  return Object.hasOwn(kinds, prefix) ? kinds[prefix] : undefined
}
