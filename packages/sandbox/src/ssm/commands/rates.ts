import type { Command } from './command.ts'

/** A number, or a share of the targets. */
const rate = /^(\d+)(%?)$/

/** SendCommand's own patterns: from 1, and from 0; shares up to all. */
export function isConcurrency(text: string): boolean {
  return /^([1-9]\d{0,6}|[1-9]\d?%|100%)$/.test(text)
}

export function isErrorCount(text: string): boolean {
  return /^([1-9]\d{0,6}|0|\d{1,2}%|100%)$/.test(text)
}

/** How many run it at the same time. */
export function mostAtOnce({ maxConcurrency, invocations }: Command): number {
  return Math.max(1, amount(maxConcurrency, invocations.length))
}

/**
 * How many may fail: with one more the system stops sending it (Systems Manager User Guide, "Using concurrency and error controls":
 * of 50 targets and 10% it is the sixth).
 */
export function mostErrors({ maxErrors, invocations }: Command): number {
  return amount(maxErrors, invocations.length)
}

function amount(text: string, all: number): number {
  const [, number = '0', percent = ''] = rate.exec(text) ?? []
  return percent === '' ? Number(number) : Math.floor((Number(number) * all) / 100)
}
