import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { LoadBalancers } from '@package/core/ports/cloud/load-balancers'

import { clientSettings } from '../client-settings.ts'
import type { Connection } from '../connection.ts'
import type { Consistent } from '../consistent.ts'
import { unlessGone } from '../not-found.ts'
import { watchedSender } from '../sender.ts'
import { tagList } from '../tags.ts'
import { loadBalancersNamed, toLoadBalancer } from './describe-load-balancers.ts'
import { listeners } from './listeners.ts'
import { targetGroups } from './target-groups.ts'

/** Loaded by the actions that ask about load balancers only. */
export function loadBalancers(connection: Connection, region: string, consistent: Consistent): LoadBalancers {
  const client = new ElasticLoadBalancingV2Client(clientSettings(connection, region))
  const send = watchedSender(client, 'elasticloadbalancing', connection, region)
  return {
    loadBalancersNamed: (names) => loadBalancersNamed(send, names),
    async createLoadBalancer({ name, type, scheme, subnetIds, securityGroupIds, tags }) {
      const command = new CreateLoadBalancerCommand({
        Name: name,
        Type: type,
        Scheme: scheme,
        Subnets: subnetIds,
        ...(securityGroupIds.length > 0 && { SecurityGroups: securityGroupIds }),
        Tags: tagList(tags),
      })
      const { LoadBalancers: [made = {}] = [] } = await consistent.untilFound(
        [...subnetIds, ...securityGroupIds],
        () => send(command),
      )
      consistent.made(made.LoadBalancerArn ?? '')
      return toLoadBalancer(made, tags)
    },
    async setLoadBalancerSubnets(arn, subnetIds) {
      const command = new SetSubnetsCommand({ LoadBalancerArn: arn, Subnets: [...subnetIds] })
      await consistent.untilFound([arn, ...subnetIds], () => send(command))
    },
    async setLoadBalancerSecurityGroups(arn, securityGroupIds) {
      const command = new SetSecurityGroupsCommand({
        LoadBalancerArn: arn,
        SecurityGroups: [...securityGroupIds],
      })
      await consistent.untilFound([arn, ...securityGroupIds], () => send(command))
    },
    deleteLoadBalancer: (arn) => unlessGone(send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }))),
    ...listeners(send, consistent),
    ...targetGroups(send, consistent),
  }
}
