import { bundleTag } from '../images/image-tags.ts'
import type { Bundle } from '../ports/bundles.ts'
import type { Clouds } from '../ports/cloud/cloud.ts'
import type { Report } from '../ports/report.ts'
import { isAutoscaled, type GroupPlan } from './deploy-plan.ts'

/**
 * Says of which autoscale groups the next instance would come up without what is deployed: those whose image, that of their newest
 * instance, is tagged with another bundle.
 */
export async function reportDrift(
  { clouds, report }: { clouds: Clouds; report: Report },
  plans: readonly GroupPlan[],
  bundles: ReadonlyMap<string, Bundle>,
): Promise<void> {
  for (const { group, region, instances } of plans) {
    const newest = instances.findLast(isAutoscaled)
    const bundle = bundles.get(group.name)
    if (newest === undefined || bundle === undefined) continue
    const image = await clouds.in(region).image(newest.imageId)
    if (image?.tags[bundleTag] === bundle.digest) continue
    const { name } = group
    const text = `${name}: its image ${newest.imageId} is of another bundle: the next instance of its autoscale group would come up without this one; package packer:run ${name}, then package autoscale:update ${name}`
    const data = { image: newest.imageId, bundle: bundle.digest }
    report({ level: 'warning', code: 'IMAGE_DRIFT', group: name, text, data })
  }
}
