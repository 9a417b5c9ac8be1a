import type {
  LaunchPermission,
  ModifyImageAttributeRequest,
  ResetImageAttributeRequest,
} from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Image } from './image.ts'
import { ownImage } from './launchable-image.ts'

interface Permissions {
  users: string[]
  groups: string[]
}

/** Who may launch an image, as answers show it. */
export function launchPermissionAnswers({ isPublic, launchPermissions }: Image): LaunchPermission[] {
  const everyone: LaunchPermission[] = isPublic ? [{ Group: 'all' }] : []
  return [...everyone, ...launchPermissions.map((UserId) => ({ UserId }))]
}

/** Whether the request says who may launch an image. */
export function namesLaunchPermissions(input: ModifyImageAttributeRequest): boolean {
  const { LaunchPermission: changes, UserIds: users, UserGroups: groups } = input
  return changes !== undefined || users !== undefined || groups !== undefined
}

/**
 * Shares an image with accounts, or with everyone (the group `all`): by LaunchPermission, or by UserIds and UserGroups with
 * an OperationType. Throws AwsError (InvalidAMIAttributeItemValue) for what is neither.
 */
export function changeLaunchPermissions(image: Image, input: ModifyImageAttributeRequest): void {
  const { LaunchPermission: changes, UserIds: users = [], UserGroups: groups = [] } = input
  const isRemoval = input.OperationType === 'remove'
  const named = { users, groups }
  const none = { users: [], groups: [] }
  const added = joined(permissionsOf(changes?.Add), isRemoval ? none : named)
  const removed = joined(permissionsOf(changes?.Remove), isRemoval ? named : none)
  for (const { users: accounts, groups: names } of [added, removed]) {
    for (const account of accounts) if (!/^\d{12}$/.test(account)) throw invalidItem(account, 'userId')
    for (const name of names) if (name !== 'all') throw invalidItem(name, 'group')
  }
  image.isPublic = (image.isPublic || added.groups.length > 0) && removed.groups.length === 0
  const shared = new Set([...image.launchPermissions, ...added.users])
  image.launchPermissions = [...shared].filter((account) => !removed.users.includes(account))
}

/** Only the launch permissions can be reset (EC2 API Reference, ResetImageAttribute). */
export function resetImageAttribute(
  { ImageId, Attribute: attribute }: ResetImageAttributeRequest,
  scope: Scope,
): undefined {
  const image = ownImage(scope, ImageId)
  if (attribute === undefined) throw missingParameter('Attribute')
  const name: string = attribute
  if (name !== 'launchPermission') {
    throw invalidParameterValue(`Value (${name}) for parameter attribute is invalid.`)
  }
  image.isPublic = false
  image.launchPermissions = []
}

function permissionsOf(permissions: readonly LaunchPermission[] = []): Permissions {
  if (
    permissions.some(({ OrganizationArn, OrganizationalUnitArn }) => OrganizationArn ?? OrganizationalUnitArn)
  ) {
    throw new AwsError('UnsupportedOperation', 'The sandbox has no organizations to share an image with.')
  }
  return {
    users: permissions.flatMap(({ UserId }) => UserId ?? []),
    groups: permissions.flatMap(({ Group }) => Group ?? []),
  }
}

function joined(some: Permissions, others: Permissions): Permissions {
  return { users: [...some.users, ...others.users], groups: [...some.groups, ...others.groups] }
}

function invalidItem(value: string, type: 'userId' | 'group'): AwsError {
  return new AwsError(
    'InvalidAMIAttributeItemValue',
    `Invalid attribute item value "${value}" for ${type} item type.`,
  )
}
