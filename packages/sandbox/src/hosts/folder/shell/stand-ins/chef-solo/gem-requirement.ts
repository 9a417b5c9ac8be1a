import { threeParts } from './expand-run-list.ts'

const compare: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
  '>': (difference) => difference > 0,
  '<': (difference) => difference < 0,
  '>=': (difference) => difference >= 0,
  '<=': (difference) => difference <= 0,
}

/** Whether a version is one that `depends` asks for, such as `~> 2.1`. */
export function satisfies(version: string, requirement: string): boolean {
  const [, operator = '=', wanted = '0'] = /^\s*([=!<>~]+)?\s*([\d.]+)\s*$/.exec(requirement) ?? []
  if (operator !== '~>') return compare[operator]?.(order(version, wanted)) === true
  const [last = 0, ...before] = wanted
    .split('.')
    .map(Number)
    .toReversed()
    .slice(wanted.includes('.') ? 1 : 0)
  const next = [...before.toReversed(), last + 1].join('.')
  return order(version, wanted) >= 0 && order(version, next) < 0
}

function order(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => threeParts(version).split('.').map(Number))
  const differences = (left ?? []).map((part, index) => part - (right?.[index] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}
