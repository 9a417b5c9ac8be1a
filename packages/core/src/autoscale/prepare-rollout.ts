import type { CloudCall } from '../action.ts'
import type { Group } from '../groups/nodes.ts'
import { groupTags } from '../instances/group-instances.ts'
import { launchPlace, type LaunchPlace } from '../instances/launch-place.ts'
import { ownUserDataTemplate, userData } from '../launch/user-data.ts'
import { ownerOf, type Owner } from '../ownership.ts'
import type { CutOffUpdate } from '../load-balancers/listeners-before.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'
import { addMissingSecurityGroups } from '../security-groups/add-missing-security-groups.ts'
import { plannedSecurityGroups } from '../security-groups/planned-security-groups.ts'
import { autoscaleOf } from './autoscale-defaults.ts'
import { autoscaleImage } from './autoscale-image.ts'
import { declaredSettings } from './declared-settings.ts'
import type { FleetPlace } from './fleet.ts'
import type { Goal, KnownTemplate, WantedTemplate } from './goal.ts'
import {
  addLoadBalancer,
  plannedLoadBalancer,
  type ChangingCall,
  type GroupLoadBalancer,
  type LoadBalancerSite,
} from './group-load-balancer.ts'
import { launchSpecification, specificationDigest } from './launch-specification.ts'
import { launchTemplateName } from './launch-template-name.ts'

/** A group that is acted on, and where. */
export interface GroupSite {
  cloud: Cloud
  owner: Owner
  group: Group
  fleet: FleetPlace
}

/** What a rollout starts from. */
export interface PreparedRollout {
  goal: Goal
  site: LoadBalancerSite
  loadBalancer: GroupLoadBalancer
  /** Missing where none was looked for. */
  image: Image | undefined
  /** What was done before the rollout, or what a dry run would do. */
  lines: string[]
}

/** A version of the launch template that is launched once more. */
export interface EarlierTemplate {
  known: KnownTemplate
  digest: string
  /** Whether its nodes complete the launch hook: others would wait for it until they are given up. */
  converge: 'hook' | 'none'
  /** The update that this takes back. */
  cutOff: CutOffUpdate | undefined
}

export interface RolloutWish {
  /** In place of the newest image. */
  ami: string | undefined
  /** In place of both; nobody asks whether it still exists: to compare with what runs, not to launch. */
  comparedImageId?: string
  force: boolean
  /** What is launched, in place of what nodes.json and the newest image say. */
  template?: EarlierTemplate
  /** A dry run makes nothing: no security groups, no load balancer. */
  mode: 'make' | 'plan'
  /** Called before anything is made. */
  beforeChange?: () => Promise<void>
}

export async function siteOf(call: CloudCall, group: Group): Promise<GroupSite> {
  const owner = ownerOf(call.nodes.settings, call.environment)
  const cloud = call.clouds.in(call.clouds.regionOf(group))
  const templateName = await launchTemplateName(call.files, owner, group.name)
  return { cloud, owner, group, fleet: { cloud, owner, group: group.name, templateName } }
}

/**
 * What the group is to be, with all that a launch of it needs made: security groups, load balancer. What cannot be is refused before
 * anything is made. Throws PackageError: config, conflict where there is no image, those of the cloud.
 */
export async function prepareRollout(
  call: CloudCall,
  { cloud, owner, group }: GroupSite,
  wish: RolloutWish,
): Promise<PreparedRollout> {
  const declared = autoscaleOf(group)
  const settings = wish.template ? { ...declared, converge: wish.template.converge } : declared
  const { project } = owner
  const image =
    wish.template || wish.comparedImageId !== undefined
      ? undefined
      : await autoscaleImage(cloud, { group: group.name, project, ami: wish.ami })
  const imageId = image?.id ?? wish.comparedImageId
  const place = await launchPlace(cloud, group, undefined)
  const site = { cloud, owner, group, place, cutOff: wish.template?.cutOff }
  const changing = { ...call, ...(wish.beforeChange && { beforeChange: wish.beforeChange }) }
  const worn = await securityGroups(changing, site, wish.mode)
  const template =
    imageId !== undefined
      ? await specified(call, site, imageId, worn.ids)
      : { ...(wish.template?.known ?? { version: 0 }), digest: wish.template?.digest ?? '' }
  const loadBalancer =
    wish.mode === 'plan' ? await plannedLoadBalancer(call, site) : await addLoadBalancer(changing, site)
  const commit = await call.commit()
  const goal: Goal = {
    template,
    sizes: settings.sizes,
    timings: settings.timings,
    subnetIds: place.subnets.map(({ id }) => id),
    targetGroupArns: loadBalancer.targetGroupArns,
    idleTargetGroupArns: loadBalancer.idleArns,
    staleTargetGroupArns: loadBalancer.staleArns,
    ownTargetGroupArns: loadBalancer.ownArns,
    movesListeners: loadBalancer.movesListeners,
    leavesRemovals: loadBalancer.hasRemovals || loadBalancer.movesListeners,
    settings: declaredSettings(settings, { owner, group: group.name, traffic: loadBalancer.traffic }),
    timeout: settings.timeout,
    healthTimeout: settings.healthTimeout,
    tags: instanceTags(owner, group),
    propagatesTags: wish.template === undefined,
    commit,
    force: wish.force,
  }
  return { goal, site, loadBalancer, image, lines: [...worn.lines, ...loadBalancer.lines] }
}

async function securityGroups(
  call: ChangingCall,
  { cloud, group, place }: { cloud: Cloud; group: Group; place: LaunchPlace },
  mode: RolloutWish['mode'],
): Promise<{ ids: string[]; lines: string[] }> {
  if (mode === 'plan') return plannedSecurityGroups(call, cloud, group, place.vpcId)
  return { ids: await addMissingSecurityGroups(call, cloud, group, place.vpcId), lines: [] }
}

async function specified(
  { files, nodes }: CloudCall,
  { owner, group }: LoadBalancerSite,
  imageId: string,
  securityGroupIds: string[],
): Promise<WantedTemplate> {
  const own = await ownUserDataTemplate(files)
  const artifactsBucket = nodes.settings.artifacts_bucket
  const script = userData({ group, owner, artifactsBucket, launch: 'autoscale' }, own)
  const parts = { imageId, securityGroupIds, userData: script, tags: instanceTags(owner, group) }
  const specification = launchSpecification(group, parts)
  return { specification, digest: await specificationDigest(files, specification, script) }
}

function instanceTags(owner: Owner, group: Group) {
  return { Name: group.name, ...group.fields.tags, ...groupTags(owner, group.name) }
}
