import { hostname, userInfo } from 'node:os'

/** Who runs this process, and where: `user@host`. */
export function operator(): string {
  return `${userName()}@${hostname()}`
}

/** A user id without an entry in the machine's list of users has no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid-${String(process.getuid?.() ?? 'unknown')}`
  }
}
