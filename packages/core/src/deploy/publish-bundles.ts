import type { CloudCall } from '../action.ts'
import { PackageError } from '../errors.ts'
import { ownerOf } from '../ownership.ts'
import type { Bundle } from '../ports/bundles.ts'
import { publishBundle } from './bundle-store.ts'
import type { GroupPlan } from './deploy-plan.ts'
import type { DeployRun } from './ledger.ts'

/**
 * Makes what was deployed what new instances begin with, of each group of which something converged: a bundle that failed on the
 * canary is not for its successors. Gives whether all of it could be done.
 */
export async function publishBundles(
  { clouds, nodes, environment, report }: CloudCall,
  bucket: string,
  plans: readonly GroupPlan[],
  { bundles, record }: { bundles: ReadonlyMap<string, Bundle>; record: DeployRun },
): Promise<boolean> {
  const owner = ownerOf(nodes.settings, environment)
  let isDone = true
  for (const { group, region } of plans) {
    const { name } = group
    const bundle = bundles.get(name)
    const isGood = record.hosts.some((host) => host.group === name && host.status === 'converged')
    if (bundle === undefined || !isGood) continue
    const data = { bucket, bundle: bundle.digest }
    try {
      const outcome = await publishBundle(clouds.in(region), { bucket, owner, group: name }, bundle)
      if (outcome === 'unchanged') continue
      const text = `${name}: its next instances fetch this bundle from ${bucket}`
      report({ level: 'info', code: 'BUNDLE_PUBLISHED', group: name, text, data })
    } catch (error) {
      if (!(error instanceof PackageError)) throw error
      isDone = false
      const text = `${name}: its next instances come up without this bundle: ${error.message}; ${error.hint ?? ''}`
      report({ level: 'warning', code: 'BUNDLE_NOT_PUBLISHED', group: name, text, data })
    }
  }
  return isDone
}
