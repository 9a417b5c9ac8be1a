import type { Action } from '../action.ts'
import { autoscaleCreate } from './autoscale/create.ts'
import { autoscaleDelete } from './autoscale/delete.ts'
import { autoscaleRollback } from './autoscale/rollback.ts'
import { autoscaleRun } from './autoscale/run.ts'
import { autoscaleStatus } from './autoscale/status.ts'
import { autoscaleUpdate } from './autoscale/update.ts'
import { databagPublish } from './databag/publish.ts'
import { instanceCreate } from './instance/create.ts'
import { instanceDelete } from './instance/delete.ts'
import { instanceDeploy } from './instance/deploy.ts'
import { instanceList } from './instance/list.ts'
import { instanceSsh } from './instance/ssh.ts'
import { nodesExplain } from './nodes/explain.ts'
import { nodesList } from './nodes/list.ts'
import { nodesValidate } from './nodes/validate.ts'
import { packerClean } from './packer/clean.ts'
import { packerCreate } from './packer/create.ts'
import { packerDelete } from './packer/delete.ts'
import { packerRun } from './packer/run.ts'
import { packerList } from './packer/list.ts'
import { projectInit } from './project/init.ts'
import { roleCreate } from './role/create.ts'
import { sandboxReset } from './sandbox/reset.ts'
import { sandboxServe } from './sandbox/serve.ts'
import { sandboxStatus } from './sandbox/status.ts'
import { securitySync } from './security/sync.ts'

/** Every action, in the order that help lists them. */
export const actions: readonly Action[] = [
  projectInit,
  nodesValidate,
  nodesList,
  nodesExplain,
  roleCreate,
  databagPublish,
  packerCreate,
  packerRun,
  packerList,
  packerClean,
  packerDelete,
  autoscaleCreate,
  autoscaleRun,
  autoscaleUpdate,
  autoscaleRollback,
  autoscaleStatus,
  autoscaleDelete,
  securitySync,
  instanceCreate,
  instanceList,
  instanceSsh,
  instanceDeploy,
  instanceDelete,
  sandboxServe,
  sandboxStatus,
  sandboxReset,
]

/** The action of that name or alias. */
export function findAction(name: string): Action | undefined {
  return actions.find((action) => action.name === name || action.aliases?.includes(name))
}
