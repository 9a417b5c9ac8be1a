import type { Observed } from './compare.ts'

/** A difference that is known, and AWS's word on it. */
export interface Difference {
  /**
   * Where: a step as `scenario: step`, or a part of an answer as `Operation: Structure.Member`; `*` stands for any
   * operation, or for any member.
   */
  at: readonly string[]
  sandbox: string
  moto: string
  right: 'sandbox' | 'moto' | 'both'
  /** What AWS documents, and where. */
  aws: string
  page: string
}

/** What the table and what was observed do not share. */
export function compareWithTable(
  observed: readonly Observed[],
  table: readonly Difference[],
): { unknown: string[]; gone: string[] } {
  const lines = table.flatMap((entry) => entry.at.map((at) => ({ ...entry, at })))
  const unknown = observed.filter((each) => !lines.some((line) => tellsOf(line, each)))
  const gone = lines.filter((line) => !observed.some((each) => tellsOf(line, each)))
  return { unknown: unknown.map(asText), gone: gone.map(asText) }
}

function tellsOf(line: Observed, observed: Observed): boolean {
  return matches(line.at, observed.at) && line.sandbox === observed.sandbox && line.moto === observed.moto
}

function matches(pattern: string, at: string): boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.at(-1) ?? ''
  if (others.length === 0) return pattern === at
  return at.length >= first.length + last.length && at.startsWith(first) && at.endsWith(last)
}

function asText({ at, sandbox, moto }: Observed): string {
  return `${at}\n  sandbox: ${sandbox}\n  moto: ${moto}`
}
