import type { CloudCall } from '../action.ts'
import type { Bundle } from '../ports/bundles.ts'
import type { GroupPlan } from './deploy-plan.ts'
import type { DeployRun } from './ledger.ts'
import { publishForSuccessors } from './publish-for-successors.ts'
import { reportDrift } from './report-drift.ts'
import type { Successor } from './successors.ts'

/** By group. */
export interface Deployed {
  bundles: ReadonlyMap<string, Bundle>
  successors: ReadonlyMap<string, Successor>
}

type Call = Pick<CloudCall, 'clouds' | 'nodes' | 'environment' | 'report'>

/**
 * Publishes what was deployed for new instances where there is a bucket, and says which come up without it. Only of groups of which
 * something converged: a bundle that failed on the canary is not for its successors. Gives whether all of it could be done.
 */
export async function seeToSuccessors(
  call: Call,
  plans: readonly GroupPlan[],
  deployed: Deployed,
  { hosts }: DeployRun,
): Promise<boolean> {
  const bucket = call.nodes.settings.artifacts_bucket
  let isDone = true
  for (const plan of plans) {
    const { name } = plan.group
    const isGood = hosts.some(({ group, status }) => group === name && status === 'converged')
    const given = givenTo(deployed, plan)
    if (!isGood || given === undefined) continue
    if (bucket !== undefined) isDone = (await publishForSuccessors(call, bucket, plan, given)) && isDone
    reportDrift(call.report, bucket, name, given)
  }
  return isDone
}

/** Says which new instances would come up without the bundles if they were deployed. */
export function foretellDrift(
  { nodes, report }: Call,
  plans: readonly GroupPlan[],
  deployed: Deployed,
): void {
  for (const plan of plans) {
    const given = givenTo(deployed, plan)
    if (given) reportDrift(report, nodes.settings.artifacts_bucket, plan.group.name, given)
  }
}

function givenTo({ bundles, successors }: Deployed, { group: { name } }: GroupPlan) {
  const bundle = bundles.get(name)
  const successor = successors.get(name)
  return bundle && successor ? { bundle, successor } : undefined
}
