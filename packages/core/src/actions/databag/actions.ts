import type { Action } from '../../action.ts'
import { databagPublish } from './publish.ts'

export const databagActions: readonly Action[] = [databagPublish]
