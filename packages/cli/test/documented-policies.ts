import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { checkout } from './tools.ts'

interface Policy {
  Statement: { Action: string | string[] }[]
}

/** What AWS checks beside the calls themselves: tags given while creating, roles handed to an instance, snapshots of an image. */
const withoutCall: ReadonlySet<string> = new Set(['ec2:CreateTags', 'iam:PassRole', 'ec2:DeleteSnapshot'])

/** The calls that docs/iam.md allows each of these actions, and that somebody makes. */
export function documentedCalls(wanted: (action: string) => boolean): Record<string, string[]> {
  const text = readFileSync(join(checkout, 'docs/iam.md'), 'utf8')
  const sections = [...text.matchAll(/^## (\S+:\S+)$[^]*?```json\n([^]*?)```/gm)]
  return Object.fromEntries(
    sections.flatMap(([, action = '', json = '']) => {
      const allowed = (JSON.parse(json) as Policy).Statement.flatMap(({ Action }) => Action)
      return wanted(action) ? [[action, callsOf(allowed)]] : []
    }),
  )
}

/** Each call once, in order, without what is no call of its own. */
export function callsOf(calls: Iterable<string>): string[] {
  const made = [...calls].filter((each) => !withoutCall.has(each))
  return [...new Set(made)].sort((a, b) => a.localeCompare(b))
}
