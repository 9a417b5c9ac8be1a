import { AwsError } from '../aws-error.ts'
import type { Fault, FaultScript } from './fault-script.ts'

/** The connection broke: the caller cannot know whether the call was carried out. */
export class AnswerLost extends Error {}

/** The call is never answered, and not carried out. */
export class NeverAnswered extends Error {}

/** Plays a script of faults, call by call, for one process. */
export class Faults {
  readonly #script: FaultScript
  readonly #random: () => number
  #calls = 0
  readonly #callsOf = new Map<string, number>()

  constructor(script: FaultScript) {
    this.#script = script
    this.#random = seeded(script.seed ?? 1)
  }

  /** Carries out a call with whatever the script has for it. */
  async around<T>(operation: string, service: string, call: () => Promise<T>): Promise<T> {
    this.#calls += 1
    const number = this.#calls
    if (number === this.#script.killBefore) die()
    const fault = this.#faultOf(operation)
    if (fault?.kind === 'throttle') throw throttled(service)
    if (fault?.kind === 'error') throw new AwsError(fault.code, fault.message, fault.status)
    if (fault?.kind === 'hang') throw new NeverAnswered()
    const answer = await call()
    if (number === this.#script.killAfter) die()
    if (fault?.kind === 'lose-answer') throw new AnswerLost()
    return answer
  }

  #faultOf(operation: string): Fault | undefined {
    const count = (this.#callsOf.get(operation) ?? 0) + 1
    this.#callsOf.set(operation, count)
    const rule = this.#script.rules?.find(
      ({ operation: named = operation, calls, probability = 1 }) =>
        named === operation && (calls?.includes(count) ?? true) && this.#random() < probability,
    )
    return rule?.fault
  }
}

/** The answer to a call above the limit: EC2's own code (EC2 Developer Guide, "Throttling"), or that of the other services. */
export function throttled(service = 'ec2'): AwsError {
  if (service === 's3') return new AwsError('SlowDown', 'Please reduce your request rate.', 503)
  if (service !== 'ec2') return new AwsError('Throttling', 'Rate exceeded')
  return new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503)
}

/** Nothing of this process runs afterwards, no handler and no `finally`. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

/** Mulberry32: small, and good enough to spread faults. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
