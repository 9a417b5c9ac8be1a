import type { Action } from '../../action.ts'
import { packerClean } from './clean.ts'
import { packerCreate } from './create.ts'
import { packerDelete } from './delete.ts'
import { packerList } from './list.ts'
import { packerRun } from './run.ts'

export const packerActions: readonly Action[] = [
  packerCreate,
  packerRun,
  packerList,
  packerClean,
  packerDelete,
]
