import type { Action } from '../../action.ts'
import { instanceCreate } from './create.ts'
import { instanceDelete } from './delete.ts'
import { instanceDeploy } from './deploy.ts'
import { instanceList } from './list.ts'
import { instanceSsh } from './ssh.ts'

export const instanceActions: readonly Action[] = [
  instanceCreate,
  instanceList,
  instanceSsh,
  instanceDeploy,
  instanceDelete,
]
