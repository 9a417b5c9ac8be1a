import type { CloudCall } from '../action.ts'
import { roleNameOf } from '../chef/role.ts'
import { defaultChefVersion } from '../generated-files/default-chef.ts'
import type { Group } from '../groups/nodes.ts'
import { nameOf } from '../instances/group-instances.ts'
import type { LogIn } from '../instances/remote-host.ts'
import type { Bundle } from '../ports/bundles.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import { deployGroups } from './deploy-groups.ts'
import { deployHost, type HostEnd } from './deploy-host.ts'
import { isAutoscaled, type GroupPlan } from './deploy-plan.ts'
import { deployProgress } from './deploy-progress.ts'
import { isError, type HostResult } from './host-result.ts'
import { keepRun, logPathOf, type DeployRun } from './ledger.ts'
import { sshWay } from './ssh-way.ts'
import { stoppableClock } from './stoppable-clock.ts'

export interface DeployOrder {
  plans: readonly GroupPlan[]
  bundles: ReadonlyMap<string, Bundle>
  logIn: LogIn
  parallel: number
  hasCanary: boolean
  whyRun: boolean
  /** How many hosts may fail before no new ones are begun. */
  mostErrors: number
  /** In milliseconds, of a connection. */
  timeout: number
}

/** Deploys as ordered, and keeps the record of it as it goes. Gives the record. */
export async function carryOutDeploy(call: CloudCall, order: DeployOrder): Promise<DeployRun> {
  const { run, files, stop } = call
  const record = newRecord(call, order)
  const byId = new Map(record.hosts.map((host) => [host.id, host]))
  const show = deployProgress(call)
  const isStopped = () => stop.isAsked()
  const wayTo = (group: Group) =>
    sshWay(group, {
      cloud: call.clouds.in(call.clouds.regionOf(group)),
      clock: stoppableClock(call.clock, stop),
      shell: call.shell,
      logIn: order.logIn,
      timeout: order.timeout,
      isStopped,
    })
  await keepRun(files, record)
  await deployGroups(
    order.plans,
    { parallel: order.parallel, hasCanary: order.hasCanary, halt: () => haltOf(record, order, isStopped()) },
    {
      wayTo,
      deploy: (plan, instance) => deployTo(call, order, { plan, instance, wayTo }),
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
    environment: environment ?? null,
    why_run: whyRun,
    ended: false,
    bundles: Object.fromEntries(digests),
    hosts: plans.flatMap(({ group, instances }) => instances.map((instance) => newHost(group, instance))),
  }
}

function newHost({ name }: Group, instance: Instance): HostResult {
  const { id, zone } = instance
  return {
    group: name,
    id,
    name: nameOf(instance),
    zone,
    status: 'not started',
    reason: 'the run has ended before',
  }
}

function haltOf({ hosts }: DeployRun, { mostErrors }: DeployOrder, isStopped: boolean): string | undefined {
  if (isStopped) return 'Ctrl-C'
  const errors = hosts.filter(isError).length
  return errors > mostErrors ? `--max-errors: ${String(errors)} hosts had failed` : undefined
}

async function deployTo(
  call: CloudCall,
  order: DeployOrder,
  {
    plan,
    instance,
    wayTo,
  }: { plan: GroupPlan; instance: Instance; wayTo: (group: Group) => ReturnType<typeof sshWay> },
): Promise<HostEnd & { seconds: number }> {
  const { group } = plan
  const bundle = order.bundles.get(group.name)
  if (bundle === undefined) throw new Error(`no bundle was made of ${group.name}`)
  const began = call.clock.now()
  const id = isAutoscaled(instance) ? group.name : `${group.name}-${instance.id}`
  const end = await deployHost({
    way: wayTo(group),
    instance,
    bundle,
    script: {
      run: call.run.id,
      dna: { id, package: { stage: 'instance' }, run_list: [`role[${roleNameOf(group.name)}]`] },
      chef: { install: 'cinc', version: defaultChefVersion, ...group.fields.chef },
      whyRun: order.whyRun,
    },
    log: call.logs.open(logPathOf(call.run.id, instance.id)),
  })
  return { ...end, seconds: Math.round((call.clock.now() - began) / 100) / 10 }
}
