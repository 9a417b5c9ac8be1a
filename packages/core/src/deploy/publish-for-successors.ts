import type { CloudCall } from '../action.ts'
import { PackageError } from '../errors.ts'
import { ownerOf } from '../ownership.ts'
import type { Bundle } from '../ports/bundles.ts'
import { isPublished, publishBundle } from './bundle-store.ts'
import type { GroupPlan } from './deploy-plan.ts'
import type { Successor } from './successors.ts'

/**
 * Makes what was deployed what new instances of the group begin with, unless only a part of its fleet was deployed to: a trial on some
 * is not for the successors of all. Gives whether it could be done.
 */
export async function publishForSuccessors(
  { clouds, nodes, environment, report }: Pick<CloudCall, 'clouds' | 'nodes' | 'environment' | 'report'>,
  bucket: string,
  { group: { name }, region }: GroupPlan,
  { bundle, successor }: { bundle: Bundle; successor: Successor },
): Promise<boolean> {
  const artifacts = clouds.in(region)
  const store = { bucket, owner: ownerOf(nodes.settings, environment), group: name }
  const data = { bucket, bundle: bundle.digest }
  try {
    if (await isPublished(artifacts, store, bundle)) return true
    if (successor.isWholeFleet) {
      await publishBundle(artifacts, store, bundle)
      const whose = successor.fetchesBundle ? 'its next instances' : 'the instances of its next version'
      const text = `${name}: ${whose} fetch this bundle from ${bucket}`
      report({ level: 'info', code: 'BUNDLE_PUBLISHED', group: name, text, data })
    } else {
      const text = `${name}: its next instances come up without this bundle, as only a part of its autoscale group was deployed to; package instance:deploy ${name}`
      report({ level: 'warning', code: 'BUNDLE_HELD_BACK', group: name, text, data })
    }
    return true
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    const text = `${name}: its next instances come up without this bundle: ${error.message}; ${error.hint ?? ''}`
    report({ level: 'warning', code: 'BUNDLE_NOT_PUBLISHED', group: name, text, data })
    return false
  }
}
