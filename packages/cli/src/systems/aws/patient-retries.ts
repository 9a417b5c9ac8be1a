import type { EC2ClientConfig } from '@aws-sdk/client-ec2'
import type { Clock } from '@package/core/ports/clock'
import { isClockSkewError } from '@smithy/core/retry'

import { codeOf } from './aws-error.ts'

type Strategy = Extract<NonNullable<EC2ClientConfig['retryStrategy']>, { acquireInitialRetryToken: unknown }>
type Refresh = Parameters<Strategy['refreshRetryTokenForRetry']>
type ErrorInfo = Refresh[1]

/** Milliseconds: how long a call that AWS throttles is repeated. */
const longestThrottled = 300_000

/** How often a call is sent again whose answer was lost, or that AWS failed to answer. */
const mostFailures = 9

/** Milliseconds: the longest first pause, and the longest of all. */
const pauses = { THROTTLING: [500, 20_000], TRANSIENT: [100, 5000] } as const

/** AWS answers these with status 500, and means it. */
const isNoRoom = /^Insufficient\w*Capacity/

class Token {
  readonly startedAt: number
  readonly throttles: number
  readonly failures: number

  constructor(startedAt: number, throttles: number, failures: number) {
    this.startedAt = startedAt
    this.throttles = throttles
    this.failures = failures
  }

  getRetryCount(): number {
    return this.throttles + this.failures
  }

  /** The pause is over by the time that there is a token. */
  getRetryDelay(): number {
    return 0
  }
}

/**
 * Repeats what AWS throttles for minutes, and what got lost some times, with growing pauses and full jitter (AWS Builders'
 * Library, "Timeouts, retries, and backoff with jitter"). The SDK's own strategies stop at a number of attempts, and share a
 * budget between all calls of a client: a fleet's worth of calls in a throttled account runs out of both.
 */
export class PatientRetries implements Strategy {
  readonly #clock: Clock
  readonly #mostFailures: number

  /** With fewer failures than is usual, what got lost is told sooner; with none at once. */
  constructor(clock: Clock, most = mostFailures) {
    this.#clock = clock
    this.#mostFailures = most
  }

  async acquireInitialRetryToken(): Promise<Token> {
    return new Token(this.#clock.now(), 0, 0)
  }

  /** Throws what went wrong when it is not to be repeated. */
  async refreshRetryTokenForRetry(before: Refresh[0], info: ErrorInfo): Promise<Token> {
    const { startedAt, throttles, failures } = before as Token
    const next =
      info.errorType === 'THROTTLING'
        ? new Token(startedAt, throttles + 1, failures)
        : new Token(startedAt, throttles, failures + 1)
    if (!this.#isWorthwhile(next, info)) throw info.error
    await this.#clock.sleep(this.#pause(next, info))
    return next
  }

  recordSuccess(): void {
    // Nothing is learned from a success: each call has its own budget.
  }

  #isWorthwhile({ startedAt, failures }: Token, { errorType, error }: ErrorInfo): boolean {
    if (errorType === 'THROTTLING') return this.#clock.now() - startedAt < longestThrottled
    if (errorType !== 'TRANSIENT' || failures > this.#mostFailures) return false
    if (isRefused(error)) return isClockSkewError(error) && failures === 1
    return !isNoRoom.test(codeOf(error) ?? '')
  }

  #pause(token: Token, { errorType, retryAfterHint }: ErrorInfo): number {
    const isThrottled = errorType === 'THROTTLING'
    const [first, longest] = pauses[isThrottled ? 'THROTTLING' : 'TRANSIENT']
    const count = isThrottled ? token.throttles : token.failures
    const pause = Math.min(first * 2 ** (count - 1), longest) * this.#clock.random()
    const asked = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now()
    return Math.max(pause, Math.min(asked, longest))
  }
}

/**
 * The SDK calls any refusal transient by whose `Date` it has set its clock right, as it does whenever the account's time has leapt. Only
 * what was refused for the clock's sake is another call now.
 */
function isRefused(error: unknown): error is Error {
  const { $metadata } = error as { $metadata?: { clockSkewCorrected?: boolean; httpStatusCode?: number } }
  return $metadata?.clockSkewCorrected === true && ($metadata.httpStatusCode ?? 0) < 500
}
