import { firstBoot } from '@package/templates/at-work'

/** In seconds. Systems Manager API Reference, SendCommand: TimeoutSeconds. */
const leastDelivery = 30

/** In seconds: until agents must have begun a command. */
const delivery = 3600

/** In seconds: what an agent may take to fetch the bundle, and how long before the end of a command's time nobody is to begin any more. */
const spare = 300

/**
 * In seconds: how long the URL of a command's bundle is to be good. An agent that begins at the last moment may wait for the first boot
 * of its host before it fetches.
 */
export const urlLifetime = delivery + firstBoot.longestWait + spare

export interface CommandTimes {
  /** In seconds, until an agent must have begun it. */
  deliveryTimeout: number
  /** Milliseconds since 1970, in AWS's time: from then on what has not begun is held back. */
  beginUntil: number
}

/**
 * The times of a command that is sent now, of whose bundle the URL is good until `expiresAt`. Where the credentials end before the
 * URL's lifetime does, hosts are begun for as long as those that need not wait can fetch: no less than with URLs that are good for as long.
 */
export function commandTimes(now: number, expiresAt: number): CommandTimes {
  const end = Math.min(now + delivery * 1000, expiresAt)
  return {
    deliveryTimeout: Math.max(leastDelivery, Math.ceil((end - now) / 1000)),
    beginUntil: end - spare * 1000,
  }
}
