import type { Action } from '../../action.ts'
import { nodesExplain } from './explain.ts'
import { nodesList } from './list.ts'
import { nodesValidate } from './validate.ts'

export const nodesActions: readonly Action[] = [nodesValidate, nodesList, nodesExplain]
