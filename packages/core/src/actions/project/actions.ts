import type { Action } from '../../action.ts'
import { projectInit } from './init.ts'

export const projectActions: readonly Action[] = [projectInit]
