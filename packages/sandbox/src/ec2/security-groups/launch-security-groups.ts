import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { securityGroupNamed } from './named-security-group.ts'

/** VPC User Guide, "Amazon VPC quotas": security groups per network interface. */
const mostGroups = 5

/**
 * The ids of the security groups that a launch into this VPC gets: those that it names, or the VPC's default one. Throws
 * AwsError for groups that do not exist or belong to another VPC.
 */
export function launchSecurityGroups(
  scope: Scope,
  {
    ids = [],
    names = [],
    vpcId,
  }: { ids?: readonly string[] | undefined; names?: readonly string[] | undefined; vpcId: string },
): string[] {
  if (ids.length === 0 && names.length === 0) return [idOf(scope, 'default', vpcId)]
  for (const id of ids) checkGroup(scope, id, vpcId)
  const chosen = [...new Set([...ids, ...names.map((name) => idOf(scope, name, vpcId))])]
  if (chosen.length > mostGroups) {
    throw new AwsError(
      'SecurityGroupsPerInterfaceLimitExceeded',
      'The maximum number of security groups per interface has been reached.',
    )
  }
  return chosen
}

function checkGroup(scope: Scope, id: string, vpcId: string): void {
  const { securityGroups } = scope.state.ec2
  const group = Object.hasOwn(securityGroups, id) ? securityGroups[id] : undefined
  if (group === undefined) throw unknownInVpc(id, vpcId)
  if (group.vpcId !== vpcId) {
    throw new AwsError(
      'InvalidParameter',
      `Security group ${id} and VPC ${vpcId} belong to different networks.`,
    )
  }
}

function idOf(scope: Scope, name: string, vpcId: string): string {
  const group = securityGroupNamed(scope, name, vpcId)
  if (group === undefined) throw unknownInVpc(name, vpcId)
  return group.groupId
}

function unknownInVpc(group: string, vpcId: string): AwsError {
  return new AwsError(
    'InvalidGroup.NotFound',
    `The security group '${group}' does not exist in VPC '${vpcId}'`,
  )
}
