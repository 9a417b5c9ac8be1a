import type { Action } from '../../action.ts'
import { autoscaleCreate } from './create.ts'
import { autoscaleDelete } from './delete.ts'
import { autoscaleRollback } from './rollback.ts'
import { autoscaleRun } from './run.ts'
import { autoscaleStatus } from './status.ts'
import { autoscaleUpdate } from './update.ts'

export const autoscaleActions: readonly Action[] = [
  autoscaleCreate,
  autoscaleRun,
  autoscaleUpdate,
  autoscaleRollback,
  autoscaleStatus,
  autoscaleDelete,
]
