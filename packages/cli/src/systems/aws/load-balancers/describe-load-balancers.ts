import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  type LoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { AwsLoadBalancer } from '@package/core/ports/cloud/load-balancers'
import type { Tags } from '@package/core/ports/cloud/tags'

import { batches } from '../batches.ts'
import { isNotFound } from '../not-found.ts'
import { allPages } from '../pages.ts'
import { toTags } from '../tags.ts'
import type { BalancingSend } from './balancing-send.ts'

/** API References of DescribeLoadBalancers and DescribeTags: the most names or ARNs of one call. */
const mostAtOnce = 20

/** Those that exist. */
export async function loadBalancersNamed(
  send: BalancingSend,
  names: readonly string[],
): Promise<AwsLoadBalancer[]> {
  const found = await foundOf(names, (some) =>
    allPages(async (token) => {
      const page = await send(
        new DescribeLoadBalancersCommand({ Names: some, ...(token !== undefined && { Marker: token }) }),
      )
      return { items: page.LoadBalancers, next: page.NextMarker }
    }),
  )
  const tags = await tagsOf(
    send,
    found.map(({ LoadBalancerArn = '' }) => LoadBalancerArn),
  )
  return found.map((balancer) => toLoadBalancer(balancer, tags.get(balancer.LoadBalancerArn ?? '') ?? {}))
}

export function toLoadBalancer(balancer: LoadBalancer, tags: Tags): AwsLoadBalancer {
  const zones = balancer.AvailabilityZones ?? []
  return {
    arn: balancer.LoadBalancerArn ?? '',
    name: balancer.LoadBalancerName ?? '',
    type: balancer.Type === 'network' ? 'network' : 'application',
    scheme: balancer.Scheme === 'internal' ? 'internal' : 'internet-facing',
    dnsName: balancer.DNSName ?? '',
    state: balancer.State?.Code ?? '',
    vpcId: balancer.VpcId ?? '',
    subnetIds: zones.flatMap(({ SubnetId }) => SubnetId ?? []),
    securityGroupIds: balancer.SecurityGroups ?? [],
    tags,
  }
}

/** AWS refuses a call as a whole when one of its names is not there: then each is asked for alone. */
async function foundOf<T>(
  names: readonly string[],
  describe: (names: string[]) => Promise<T[]>,
): Promise<T[]> {
  const found = batches(names, mostAtOnce).map(async (some) => {
    try {
      return await describe(some)
    } catch (error) {
      if (!isNotFound(error)) throw error
      if (some.length === 1) return []
      const alone = await Promise.all(some.map((name) => foundOf([name], describe)))
      return alone.flat()
    }
  })
  return (await Promise.all(found)).flat()
}

/** Tags by ARN: the descriptions of Elastic Load Balancing have none. */
export async function tagsOf(send: BalancingSend, arns: readonly string[]): Promise<Map<string, Tags>> {
  const tags = new Map<string, Tags>()
  for (const ResourceArns of batches(arns, mostAtOnce)) {
    const { TagDescriptions = [] } = await send(new DescribeTagsCommand({ ResourceArns }))
    for (const { ResourceArn = '', Tags } of TagDescriptions) tags.set(ResourceArn, toTags(Tags))
  }
  return tags
}
