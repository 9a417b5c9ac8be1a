import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { checkout } from './tools.ts'

interface Policy {
  Statement: { Action: string | string[] }[]
}

/** What AWS checks beside the calls themselves: tags given while creating, roles handed to an instance, snapshots of an image. */
const withoutCall: ReadonlySet<string> = new Set([
  'ec2:CreateTags',
  'ec2:DeleteSnapshot',
  'elasticloadbalancing:AddTags',
  'iam:CreateServiceLinkedRole',
  'iam:PassRole',
])

/** What IAM calls a service whose name in a call is another one. */
const prefixes = new Map([['monitoring', 'cloudwatch']])

/** Calls whose right has another name (S3 API Reference, HeadObject: "you need the s3:GetObject permission"). */
const rights = new Map([['s3:HeadObject', 's3:GetObject']])

/** The calls that docs/iam.md allows each of these actions, and that somebody makes, by the headings of its policies. */
export function documentedCalls(wanted: (heading: string) => boolean): Record<string, string[]> {
  const text = readFileSync(join(checkout, 'docs/iam.md'), 'utf8')
  const sections = [...text.matchAll(/^## (\S+:\S+(?:, \S+:\S+)*(?: --via ssm)?)$[^]*?```json\n([^]*?)```/gm)]
  return Object.fromEntries(
    sections.flatMap(([, heading = '', json = '']) => {
      const allowed = (JSON.parse(json) as Policy).Statement.flatMap(({ Action }) => Action)
      return wanted(heading) ? [[heading, callsOf(allowed)]] : []
    }),
  )
}

/** Each call once, in order, without what is no call of its own. */
export function callsOf(calls: Iterable<string>): string[] {
  const named = [...calls].map((made) => {
    const [service = '', operation = ''] = made.split(':')
    const call = `${prefixes.get(service) ?? service}:${operation}`
    return rights.get(call) ?? call
  })
  const made = named.filter((each) => !withoutCall.has(each))
  return [...new Set(made)].sort((a, b) => a.localeCompare(b))
}
