import { PackageError } from '../../errors.ts'
import { nameOf } from '../../instances/group-instances.ts'
import type { Instance } from '../../ports/cloud/instances.ts'

/** The options that choose among a group's instances. */
export const choice = {
  name: { type: 'string', summary: 'The Name that instances share' },
  id: { type: 'string', summary: 'One instance, by its id' },
} as const

export interface Choice {
  name: string | undefined
  id: string | undefined
}

/** Throws PackageError (usage) for an id that cannot be one. */
export function checkChoice({ id }: Choice): void {
  if (id === undefined || /^i-[0-9a-f]{8,17}$/.test(id)) return
  throw new PackageError(
    'usage',
    'NO_INSTANCE_ID',
    `--id is ${JSON.stringify(id)}, which is no instance id`,
    {
      hint: 'package instance:list shows the ids',
    },
  )
}

/** Those that the options name; all without any. */
export function chosen(instances: readonly Instance[], { name, id }: Choice): Instance[] {
  return instances.filter(
    (instance) =>
      (id === undefined || instance.id === id) && (name === undefined || nameOf(instance) === name),
  )
}
