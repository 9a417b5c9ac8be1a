import { PackageError } from '../errors.ts'
import type { Group } from '../groups/nodes.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { RemoteHost } from '../ports/shell.ts'

/** How to log in, as the command line says it. */
export interface LogIn {
  key: string | undefined
  user: string | undefined
  address: string | undefined
  'accept-new-host-keys': boolean
}

/** The options of every action that logs in to instances. */
export const logInOptions = {
  user: { type: 'string', summary: "The login, in place of the group's ssh_username" },
  address: {
    type: 'string',
    summary: 'Which address to use; the public one where there is one',
    choices: ['private', 'public'],
  },
  'accept-new-host-keys': {
    type: 'boolean',
    summary: 'Trust the host key that is met first, where none is pinned',
  },
} as const

/** Who logs in to a group's instances. Throws PackageError (config) where nobody is named. */
export function loginOf({ name, fields }: Group, named: string | undefined): string {
  const user = named ?? fields.ssh_username
  if (user !== undefined) return user
  throw new PackageError('config', 'NO_LOGIN', `${name} has no ssh_username`, {
    hint: 'name a --user, or add "ssh_username" to the group in nodes.json',
  })
}

/**
 * An instance as the shell is told of it. Throws PackageError: config without a login, conflict without the address that is
 * asked for.
 */
export function remoteHost(
  group: Group,
  { id, state, publicIp, privateIp }: Instance,
  options: LogIn,
): RemoteHost {
  const user = loginOf(group, options.user)
  const addresses = { public: publicIp, private: privateIp }
  const address =
    options.address === 'public' || options.address === 'private'
      ? addresses[options.address]
      : (publicIp ?? privateIp)
  if (address === undefined) {
    const which = options.address === undefined ? '' : `${options.address} `
    throw new PackageError('conflict', 'NO_ADDRESS', `${id} (${state}) has no ${which}address`, {
      hint: `package instance:list ${group.name} shows its addresses`,
    })
  }
  return {
    instanceId: id,
    address,
    user,
    ...(options.key !== undefined && { keyPath: options.key }),
    acceptNewHostKey: options['accept-new-host-keys'],
  }
}
