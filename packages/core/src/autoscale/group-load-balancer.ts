import type { CloudCall } from '../action.ts'
import type { Group } from '../groups/nodes.ts'
import type { LaunchPlace } from '../instances/launch-place.ts'
import {
  carryOutLoadBalancer,
  carryOutRemoval,
  type LoadBalancerWork,
} from '../load-balancers/carry-out-load-balancer.ts'
import { listenersBefore, type CutOffUpdate } from '../load-balancers/listeners-before.ts'
import { loadBalancerNames, type LoadBalancerNames } from '../load-balancers/load-balancer-names.ts'
import {
  loadBalancerSecurityGroups,
  plannedLoadBalancerSecurityGroups,
} from '../load-balancers/load-balancer-security-groups.ts'
import { loadBalancerSubnets } from '../load-balancers/load-balancer-subnets.ts'
import { planLoadBalancer, staleTargetGroups } from '../load-balancers/plan-load-balancer.ts'
import { planRemoval } from '../load-balancers/plan-removal.ts'
import { readLoadBalancer, type ActualLoadBalancer } from '../load-balancers/read-load-balancer.ts'
import { stepLine } from '../load-balancers/step-line.ts'
import { wantedLoadBalancer, type WantedLoadBalancer } from '../load-balancers/wanted-load-balancer.ts'
import type { Owner } from '../ownership.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { TrafficArns } from './policy-definition.ts'

/** Whose load balancer it is. */
interface LoadBalancerOwner {
  cloud: Cloud
  owner: Owner
  group: Group
}

/** The same, and where. */
export interface LoadBalancerSite extends LoadBalancerOwner {
  place: LaunchPlace
  /** The update whose changes of the listeners are taken back. */
  cutOff: CutOffUpdate | undefined
}

/** A call that says before each change that there is one. */
export type ChangingCall = CloudCall & Pick<LoadBalancerWork, 'beforeChange'>

/** A group's load balancer as far as its autoscale groups are concerned. */
export interface GroupLoadBalancer {
  /** What the versions are to be attached to, in the order of the listeners; in a dry run a name where there is no ARN yet. */
  targetGroupArns: string[]
  /** Of these the ones that get no requests before the listeners are moved. */
  idleArns: string[]
  /** What is not declared any more and still gets requests: left once the listeners forward elsewhere. */
  staleArns: string[]
  /** All of the group's, these among them. */
  ownArns: string[]
  movesListeners: boolean
  /** Whether there is anything that is to be removed at last. */
  hasRemovals: boolean
  traffic: TrafficArns | undefined
  /** What was done, or what a dry run would do, before the rollout. */
  lines: string[]
  /** What `moveListeners` will do. */
  listenerLines: string[]
  /** What `removeStale` will do, at last. */
  removalLines: string[]
}

/** The names of all that belongs to a group's load balancer. */
export function groupLoadBalancerNames(
  { files }: Pick<CloudCall, 'files'>,
  owner: Owner,
  group: Group,
): Promise<LoadBalancerNames> {
  return loadBalancerNames(owner, group, (text) => files.digest({ texts: [text], paths: [] }))
}

/** Makes what is missing of it; listeners that there are stay as they are until `moveListeners`. */
export async function addLoadBalancer(
  call: ChangingCall,
  site: LoadBalancerSite,
): Promise<GroupLoadBalancer> {
  const { cloud, owner, group } = site
  const names = await groupLoadBalancerNames(call, owner, group)
  const before = await readLoadBalancer(cloud, names)
  const wanted = await wantedOf(call, site, names, before, 'make')
  if (wanted === undefined) return undeclared(before)
  const { loadBalancer, targetGroupArns, done } = await carryOutLoadBalancer(
    { ...call, cloud, names },
    wanted.wanted,
    ({ additions }) => additions,
  )
  return {
    ...movesOf(wanted.wanted, before, targetGroupArns),
    traffic: trafficOf(loadBalancer.arn, targetGroupArns),
    lines: done.map(stepLine),
  }
}

/** What `addLoadBalancer` would do. Changes nothing. */
export async function plannedLoadBalancer(
  call: CloudCall,
  site: LoadBalancerSite,
): Promise<GroupLoadBalancer> {
  const { cloud, owner, group } = site
  const names = await groupLoadBalancerNames(call, owner, group)
  const actual = await readLoadBalancer(cloud, names)
  const planned = await wantedOf(call, site, names, actual, 'plan')
  if (planned === undefined) return undeclared(actual)
  const { additions } = planLoadBalancer(planned.wanted, actual)
  const arns = new Map(actual.targetGroups.map(({ name, arn }) => [name, arn]))
  const targetGroupArns = planned.wanted.listeners.map(({ targetGroup: { name } }) => arns.get(name) ?? name)
  return {
    ...movesOf(planned.wanted, actual, targetGroupArns),
    traffic: actual.loadBalancer && trafficOf(actual.loadBalancer.arn, targetGroupArns),
    lines: [...planned.lines, ...additions.map(stepLine)],
  }
}

/** Of a group that declares none. */
function undeclared(actual: ActualLoadBalancer): GroupLoadBalancer {
  const { loadBalancer, targetGroups } = actual
  return {
    targetGroupArns: [],
    idleArns: [],
    staleArns: targetGroups.map(({ arn }) => arn),
    ownArns: targetGroups.map(({ arn }) => arn),
    movesListeners: false,
    hasRemovals: loadBalancer !== undefined || targetGroups.length > 0,
    traffic: undefined,
    lines: [],
    listenerLines: [],
    removalLines: planRemoval(actual).map(stepLine),
  }
}

/** What the listeners have still to do, by how it was before anything was made. */
function movesOf(wanted: WantedLoadBalancer, before: ActualLoadBalancer, targetGroupArns: string[]) {
  const { listenerChanges, removals } = planLoadBalancer(wanted, before)
  const forwardedTo = new Map(before.listeners.map(({ port, targetGroupArn }) => [port, targetGroupArn]))
  const isIdle = (arn: string, index: number) => {
    const port = wanted.listeners[index]?.port ?? 0
    return forwardedTo.has(port) && forwardedTo.get(port) !== arn
  }
  const busy = new Set(forwardedTo.values())
  return {
    targetGroupArns,
    idleArns: targetGroupArns.filter(isIdle),
    staleArns: staleTargetGroups(wanted, before)
      .map(({ arn }) => arn)
      .filter((arn) => busy.has(arn)),
    ownArns: [...new Set([...targetGroupArns, ...before.targetGroups.map(({ arn }) => arn)])],
    movesListeners: listenerChanges.length > 0,
    hasRemovals: removals.length > 0,
    listenerLines: listenerChanges.map(stepLine),
    removalLines: removals.map(stepLine),
  }
}

/** Lets the listeners forward to where they are declared to, once the version in charge is healthy there. Gives what was done, for people. */
export async function moveListeners(call: CloudCall, site: LoadBalancerSite): Promise<string[]> {
  const { cloud, owner, group } = site
  const names = await groupLoadBalancerNames(call, owner, group)
  const wanted = await wantedOf(call, site, names, await readLoadBalancer(cloud, names), 'make')
  if (wanted === undefined) return []
  const { done } = await carryOutLoadBalancer(
    { ...call, cloud, names },
    wanted.wanted,
    ({ listenerChanges }) => listenerChanges,
  )
  return done.map(stepLine)
}

/** Removes what is not declared any more, once no version is attached to it. Gives what was done, for people. */
export async function removeStale(call: ChangingCall, site: LoadBalancerSite): Promise<string[]> {
  const { cloud, owner, group } = site
  const names = await groupLoadBalancerNames(call, owner, group)
  const work = { ...call, cloud, names }
  const wanted = await wantedOf(call, site, names, await readLoadBalancer(cloud, names), 'make')
  const done =
    wanted === undefined
      ? await carryOutRemoval(work)
      : (await carryOutLoadBalancer(work, wanted.wanted, ({ removals }) => removals)).done
  return done.map(stepLine)
}

/** Undefined where the group has none. */
async function wantedOf(
  call: CloudCall,
  { cloud, group, place, cutOff }: LoadBalancerSite,
  names: LoadBalancerNames,
  actual: ActualLoadBalancer,
  mode: 'make' | 'plan',
): Promise<{ wanted: WantedLoadBalancer; lines: string[] } | undefined> {
  const declared = group.fields.load_balancer
  if (!declared) return undefined
  const { vpcId } = place
  const known = actual.loadBalancer?.subnetIds ?? []
  const subnetIds = await loadBalancerSubnets(cloud, group, declared, place, known)
  const { ids, lines } =
    mode === 'plan'
      ? await plannedLoadBalancerSecurityGroups(call, cloud, group, declared, vpcId)
      : { ids: await loadBalancerSecurityGroups(call, cloud, group, declared, vpcId), lines: [] }
  const wanted = wantedLoadBalancer(declared, names, { vpcId, subnetIds, securityGroupIds: ids })
  return { wanted: cutOff ? listenersBefore(wanted, actual, cutOff) : wanted, lines }
}

function trafficOf(loadBalancer: string, [targetGroup]: readonly string[]): TrafficArns | undefined {
  return targetGroup === undefined ? undefined : { loadBalancer, targetGroup }
}

/** Removes all of a group's load balancer, declared or not. */
export async function removeLoadBalancer(
  call: ChangingCall,
  { cloud, owner, group }: LoadBalancerOwner,
): Promise<void> {
  await carryOutRemoval({ ...call, cloud, names: await groupLoadBalancerNames(call, owner, group) })
}

/** What `removeLoadBalancer` would do. */
export async function plannedRemoval(
  call: CloudCall,
  { cloud, owner, group }: LoadBalancerOwner,
): Promise<string[]> {
  const actual = await readLoadBalancer(cloud, await groupLoadBalancerNames(call, owner, group))
  return planRemoval(actual).map(stepLine)
}
