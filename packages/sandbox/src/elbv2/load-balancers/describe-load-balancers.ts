import type {
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import type { Scope } from '../../operation.ts'
import { checkedArn, noLoadBalancers } from '../known-resources.ts'
import { resourcePage } from '../resource-pages.ts'
import { validationError } from '../validation-error.ts'
import { shownLoadBalancer } from './load-balancer-answer.ts'

/** All of them, or those that are named, by ARN or by name. Throws AwsError when one that is named is not there. */
export function describeLoadBalancers(
  input: DescribeLoadBalancersInput,
  scope: Scope,
): DescribeLoadBalancersOutput {
  const { LoadBalancerArns: arns = [], Names: names = [] } = input
  if (arns.length > 0 && names.length > 0) {
    throw validationError('Load balancer names and load balancer ARNs cannot be specified at the same time')
  }
  for (const arn of arns) checkedArn(arn, 'loadbalancer', 'load balancer')
  const all = Object.values(scope.state.elbv2.loadBalancers).filter(({ arn }) => scope.consistency.sees(arn))
  const found = all.filter(
    ({ arn, name }) => arns.length + names.length === 0 || arns.includes(arn) || names.includes(name),
  )
  const missing = [...arns, ...names].filter(
    (wanted) => !found.some(({ arn, name }) => wanted === arn || wanted === name),
  )
  if (missing.length > 0) throw noLoadBalancers(missing.join(', '))
  const { items, NextMarker } = resourcePage(found, input)
  return { LoadBalancers: items.map((balancer) => shownLoadBalancer(balancer, scope)), NextMarker }
}
