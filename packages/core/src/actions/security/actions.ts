import type { Action } from '../../action.ts'
import { securitySync } from './sync.ts'

export const securityActions: readonly Action[] = [securitySync]
