import type { CloudCall } from '../action.ts'
import type { Group } from '../groups/nodes.ts'
import { nameOf } from '../instances/group-instances.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import { deployBySsh } from './deploy-by-ssh.ts'
import { deployGroups, type DeployWork } from './deploy-groups.ts'
import type { DeployOrder } from './deploy-order.ts'
import { deployProgress } from './deploy-progress.ts'
import { isError, type HostResult } from './host-result.ts'
import { keepRun, logPathOf, type DeployRun } from './ledger.ts'
import { deployBySsm } from './ssm/deploy-by-ssm.ts'

/** Deploys as ordered, and keeps the record of it as it goes. Gives the record. */
export async function carryOutDeploy(call: CloudCall, order: DeployOrder): Promise<DeployRun> {
  const { run, files, stop } = call
  const record = newRecord(call, order)
  const byId = new Map(record.hosts.map((host) => [host.id, host]))
  const show = deployProgress(call)
  const isStopped = () => stop.isAsked()
  const work = await workOf(call, order, () => record.hosts.filter(isError).length)
  await keepRun(files, record)
  await deployGroups(
    order.plans,
    { parallel: order.parallel, hasCanary: order.hasCanary, halt: () => haltOf(record, order, isStopped()) },
    {
      ...work,
      async tell(plan, { id }, change) {
        const host = byId.get(id)
        if (host === undefined) return
        delete host.reason
        Object.assign(host, change, change.status === 'running' && { log: logPathOf(run.id, id) })
        await keepRun(files, record)
        const { name } = plan.group
        show(
          record.hosts.filter(({ group }) => group === name),
          host,
        )
      },
    },
  )
  record.ended = true
  await keepRun(files, record)
  return record
}

async function workOf(
  call: CloudCall,
  order: DeployOrder,
  errors: () => number,
): Promise<Omit<DeployWork, 'tell'>> {
  const { via } = order
  return 'ssh' in via ? deployBySsh(call, order, via.ssh) : deployBySsm(call, order, { way: via.ssm, errors })
}

function newRecord({ run, clock, operator, environment }: CloudCall, order: DeployOrder): DeployRun {
  const { plans, bundles, whyRun } = order
  const digests = plans.flatMap(({ group }) => {
    const bundle = bundles.get(group.name)
    return bundle ? [[group.name, bundle.digest] as const] : []
  })
  return {
    run: run.id,
    action: 'instance:deploy',
    started_at: clock.now(),
    operator,
    process_id: run.processId,
    environment: environment ?? null,
    why_run: whyRun,
    ended: false,
    bundles: Object.fromEntries(digests),
    hosts: plans.flatMap(({ group, instances }) => instances.map((instance) => newHost(group, instance))),
  }
}

function newHost({ name }: Group, instance: Instance): HostResult {
  const { id, zone } = instance
  return { group: name, id, name: nameOf(instance), zone, status: 'not started' }
}

function haltOf({ hosts }: DeployRun, { mostErrors }: DeployOrder, isStopped: boolean): string | undefined {
  if (isStopped) return 'Ctrl-C'
  const errors = hosts.filter(isError).length
  return errors > mostErrors
    ? `--max-errors: ${errors === 1 ? '1 host' : `${String(errors)} hosts`} had failed`
    : undefined
}
