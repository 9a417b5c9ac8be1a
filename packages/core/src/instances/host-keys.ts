import { PackageError } from '../errors.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Shell } from '../ports/shell.ts'

/** In milliseconds. EC2 posts the console of most types some minutes after the boot. */
const longest = 300_000

/**
 * The host keys that cloud-init prints on the console, as lines of known_hosts without the host; of the last boot, where
 * there are several. Empty while they are not there whole.
 */
export function hostKeysOf(console: string): string[] {
  const blocks = [
    ...console.matchAll(/-----BEGIN SSH HOST KEY KEYS-----([\s\S]*?)-----END SSH HOST KEY KEYS-----/g),
  ]
  const text = blocks.at(-1)?.[1] ?? ''
  return [...text.matchAll(/\b((?:ssh-|ecdsa-sha2-)[\w-]+) +([A-Za-z0-9+/]{40,}={0,2})/g)].map(
    ([, type = '', data = '']) => `${type} ${data}`,
  )
}

/**
 * Pins the host keys of an instance from its console, whose integrity is AWS's, unless they are pinned already.
 * Throws PackageError (timeout) when none is printed within five minutes.
 */
export async function pinHostKeys(
  { cloud, clock, shell }: { cloud: Cloud; clock: Clock; shell: Shell },
  instanceId: string,
): Promise<void> {
  if (shell.knows(instanceId)) return
  const look = async () => {
    const keys = hostKeysOf(await cloud.consoleOutput(instanceId))
    return keys.length > 0 ? keys : undefined
  }
  const tooLate = () =>
    new PackageError('timeout', 'NO_HOST_KEY', `${instanceId} has printed no SSH host key on its console`, {
      hint: 'run the same command again; if its image never prints them, --accept-new-host-keys trusts the first key that is met',
    })
  shell.pin(instanceId, await waitUntil({ clock, longest, look, tooLate }))
}
