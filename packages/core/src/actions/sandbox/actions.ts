import type { Action } from '../../action.ts'
import { sandboxReset } from './reset.ts'
import { sandboxServe } from './serve.ts'
import { sandboxStatus } from './status.ts'

export const sandboxActions: readonly Action[] = [sandboxServe, sandboxStatus, sandboxReset]
