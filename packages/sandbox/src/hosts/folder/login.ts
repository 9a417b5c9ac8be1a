import type { Machine } from '../hosts.ts'

/** Who runs a command on a machine. */
export interface Identity {
  name: string
  uid: number
  home: string
}

export const rootIdentity: Identity = { name: 'root', uid: 0, home: '/root' }

/** The login that the image's maker set up. */
export function loginIdentity({ user }: Machine): Identity {
  return user === 'root' ? rootIdentity : { name: user, uid: 1000, home: `/home/${user}` }
}

/** What `hostname` prints, such as `ip-172-31-0-12`. */
export function hostName({ privateDnsName }: Machine): string {
  return privateDnsName.split('.', 1)[0] ?? privateDnsName
}
