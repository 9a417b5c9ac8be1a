import { randomBytes } from 'node:crypto'

import type { Run } from '@package/core/ports/run'

import { version } from '../../version.ts'
import { isAlive } from './is-alive.ts'

/** This process, as one run of the tool. */
export function thisRun(): Run {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return { id: `${time}-${randomBytes(3).toString('hex')}`, version, processId: process.pid, isAlive }
}
