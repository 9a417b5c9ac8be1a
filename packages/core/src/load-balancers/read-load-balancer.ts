import { groupTags } from '../instances/group-instances.ts'
import { owns } from '../ownership.ts'
import type {
  AwsListener,
  AwsLoadBalancer,
  AwsTargetGroup,
  LoadBalancers,
} from '../ports/cloud/load-balancers.ts'
import type { Tags } from '../ports/cloud/tags.ts'
import type { LoadBalancerNames } from './load-balancer-names.ts'

/** What exists of a group's load balancer: the only thing that plans are made from. */
export interface ActualLoadBalancer {
  loadBalancer: AwsLoadBalancer | undefined
  listeners: AwsListener[]
  /** All that the tool has made for the group, declared or not. */
  targetGroups: AwsTargetGroup[]
  /** What has a name of ours without our tags. */
  foreign: ForeignThing[]
}

export interface ForeignThing {
  what: 'load balancer' | 'target group'
  arn: string
  name: string
  /** What it would carry if it were ours. */
  missing: Tags
}

/** Reads what exists. Failures are those of the port. */
export async function readLoadBalancer(
  cloud: LoadBalancers,
  names: LoadBalancerNames,
): Promise<ActualLoadBalancer> {
  const [loadBalancers, targetGroups] = await Promise.all([
    cloud.loadBalancersNamed([names.loadBalancer]),
    cloud.targetGroupsNamedLike(names.targetGroupPrefix),
  ])
  const actual = sortOut(names, loadBalancers, targetGroups)
  const { loadBalancer } = actual
  return loadBalancer === undefined
    ? actual
    : { ...actual, listeners: await cloud.listeners(loadBalancer.arn) }
}

/** Tells what is ours by its tags; a name proves nothing. */
export function sortOut(
  names: LoadBalancerNames,
  loadBalancers: readonly AwsLoadBalancer[],
  targetGroups: readonly AwsTargetGroup[],
): ActualLoadBalancer {
  const { owner, group } = names
  const isOurs = ({ tags }: { tags: Tags }) => owns(owner, tags) && tags['group'] === group
  const declared = new Set(names.targetGroups.values())
  const missing = groupTags(owner, group)
  const foreign: ForeignThing[] = [
    ...loadBalancers
      .filter((each) => !isOurs(each))
      .map(({ arn, name }) => ({ what: 'load balancer' as const, arn, name, missing })),
    ...targetGroups
      .filter((each) => declared.has(each.name) && !isOurs(each))
      .map(({ arn, name }) => ({ what: 'target group' as const, arn, name, missing })),
  ]
  return {
    loadBalancer: loadBalancers.find(isOurs),
    listeners: [],
    targetGroups: targetGroups.filter(isOurs),
    foreign,
  }
}
