import type { CloudCall } from '../action.ts'
import { readFleet, templatesOf } from '../autoscale/fleet.ts'
import { launchTemplateName } from '../autoscale/launch-template-name.ts'
import { bundleTag } from '../images/image-tags.ts'
import { bundleFolder, namesFolder } from '../launch/bundle-folder.ts'
import { ownerOf } from '../ownership.ts'
import { atOnce } from '../plan/at-once.ts'
import { isAutoscaled, type GroupPlan } from './deploy-plan.ts'

/** Groups whose fleets are read at the same time. */
const most = 8

/** What Auto Scaling would begin the next instance of a group with. */
export interface Successor {
  imageId: string
  /** The digest of the bundle that its image has the like of. */
  imageBundle: string | undefined
  /** Whether its user data fetches the group's bundle from the bucket of artifacts. */
  fetchesBundle: boolean
  /** Whether all instances that the version in charge has in service are deployed to. */
  isWholeFleet: boolean
}

type Call = Pick<CloudCall, 'clouds' | 'nodes' | 'environment' | 'files'>

/** By group, of those of whose autoscale group instances are deployed to, and a version is in charge. */
export async function readSuccessors(
  call: Call,
  plans: readonly GroupPlan[],
): Promise<Map<string, Successor>> {
  const found = await atOnce(most, plans, async (plan) => {
    const successor = await readSuccessor(call, plan)
    return successor ? ([[plan.group.name, successor]] as const) : []
  })
  return new Map(found.flat())
}

async function readSuccessor(
  { clouds, nodes, environment, files }: Call,
  { group: { name }, region, instances }: GroupPlan,
): Promise<Successor | undefined> {
  const newest = instances.findLast(isAutoscaled)
  if (newest === undefined) return undefined
  const cloud = clouds.in(region)
  const owner = ownerOf(nodes.settings, environment)
  const templateName = await launchTemplateName(files, owner, name)
  const fleet = await readFleet({ cloud, owner, group: name, templateName })
  const { live } = fleet
  if (live === undefined) return undefined
  const template = templatesOf(fleet, live).find(({ version }) => version === live.template)
  const bucket = nodes.settings.artifacts_bucket
  const imageId = template?.imageId ?? newest.imageId
  const image = await cloud.image(imageId)
  const deployedTo = new Set(instances.map(({ id }) => id))
  return {
    imageId,
    imageBundle: image?.tags[bundleTag],
    fetchesBundle:
      bucket !== undefined && namesFolder(template?.userData ?? '', bucket, bundleFolder(owner, name)),
    isWholeFleet: live.group.instances.every(
      ({ id, lifecycle }) => lifecycle !== 'InService' || deployedTo.has(id),
    ),
  }
}
