import { createHash } from 'node:crypto'

import type { Ec2State } from '../ec2-state.ts'
import type { Instance } from './instance.ts'

/**
 * Makes it the instance's user data. All instances of a group have the same, and the account is written as a whole at each change: a
 * text is kept once. As it was given, in base64.
 */
export function giveUserData({ userData }: Ec2State, instance: Instance, text: string): void {
  instance.userDataId = createHash('sha256').update(text).digest('hex')
  userData[instance.userDataId] = text
}

/** In base64, as it was given; undefined where the instance has none. */
export function userDataOf(
  { userData }: Ec2State,
  { userDataId }: Pick<Instance, 'userDataId'>,
): string | undefined {
  return userDataId === undefined ? undefined : userData[userDataId]
}

/** Drops what no instance has any more. */
export function dropUnusedUserData({ userData, instances }: Ec2State): void {
  const used = new Set(Object.values(instances).map(({ userDataId }) => userDataId))
  for (const id of Object.keys(userData)) if (!used.has(id)) delete userData[id]
}
