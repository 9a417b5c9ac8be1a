import { randomBytes } from 'node:crypto'

import type { Scope } from '../operation.ts'

/** The ARN of a new resource (Service Authorization Reference, "Elastic Load Balancing V2"). */
export function newArn({ region, accountId }: Scope, path: string): string {
  return `arn:aws:elasticloadbalancing:${region}:${accountId}:${path}/${randomBytes(8).toString('hex')}`
}
