import { setTimeout as sleep } from 'node:timers/promises'

import { PackageError } from '@package/core/errors'
import type { Clock } from '@package/core/ports/clock'

const usualPollSeconds = 5

/** This machine's time. Throws PackageError (usage) when PACKAGE_POLL_INTERVAL is no number of seconds. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (milliseconds) => sleep(milliseconds),
    random: () => Math.random(),
    pollInterval: pollInterval(),
  }
}

function pollInterval(): number {
  const text = process.env['PACKAGE_POLL_INTERVAL']
  if (text === undefined || text === '') return usualPollSeconds * 1000
  const seconds = Number(text)
  if (Number.isFinite(seconds) && seconds > 0) return seconds * 1000
  throw new PackageError('usage', 'POLL_INTERVAL', `PACKAGE_POLL_INTERVAL is ${JSON.stringify(text)}`, {
    hint: 'it is a number of seconds above 0, such as 5 or 0.2',
  })
}
