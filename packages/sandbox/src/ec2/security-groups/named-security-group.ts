import { AwsError, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { defaultVpc } from '../networks/chosen-subnet.ts'
import type { SecurityGroup } from './security-group.ts'

export function securityGroupNamed(scope: Scope, name: string, vpcId: string): SecurityGroup | undefined {
  return Object.values(scope.state.ec2.securityGroups).find(
    (group) => group.name === name && group.vpcId === vpcId,
  )
}

/** Throws AwsError (InvalidGroup.NotFound). */
export function securityGroupOf(scope: Scope, id: string): SecurityGroup {
  const { securityGroups } = scope.state.ec2
  const group = Object.hasOwn(securityGroups, id) ? securityGroups[id] : undefined
  if (group === undefined) throw unknownSecurityGroups([id])
  return group
}

/**
 * The group that a request names by its id, or by its name in the default VPC. Throws AwsError (InvalidGroup.NotFound,
 * MissingParameter).
 */
export function requestedSecurityGroup(
  scope: Scope,
  { GroupId: id, GroupName: name }: { GroupId?: string | undefined; GroupName?: string | undefined },
): SecurityGroup {
  if (id !== undefined) return securityGroupOf(scope, id)
  if (name === undefined) throw missingParameter('GroupName or GroupId')
  const { vpcId } = defaultVpc(scope)
  const group = securityGroupNamed(scope, name, vpcId)
  if (group === undefined) throw unknownName(name, vpcId)
  return group
}

export function unknownSecurityGroups(ids: readonly string[]): AwsError {
  const [subject, verb] = ids.length === 1 ? ['group', 'does'] : ['groups', 'do']
  return new AwsError(
    'InvalidGroup.NotFound',
    `The security ${subject} '${ids.join(', ')}' ${verb} not exist`,
  )
}

export function unknownName(name: string, vpcId: string): AwsError {
  return new AwsError(
    'InvalidGroup.NotFound',
    `The security group '${name}' does not exist in default VPC '${vpcId}'`,
  )
}
