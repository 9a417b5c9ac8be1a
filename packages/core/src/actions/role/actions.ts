import type { Action } from '../../action.ts'
import { roleCreate } from './create.ts'

export const roleActions: readonly Action[] = [roleCreate]
