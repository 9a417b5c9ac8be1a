import {
  CreateLoadBalancer$,
  DeleteLoadBalancer$,
  DescribeLoadBalancerAttributes$,
  DescribeLoadBalancers$,
  ModifyLoadBalancerAttributes$,
  SetSecurityGroups$,
  SetSubnets$,
  type DeleteLoadBalancerInput,
  type DescribeLoadBalancerAttributesInput,
  type DescribeLoadBalancerAttributesOutput,
  type ModifyLoadBalancerAttributesInput,
  type ModifyLoadBalancerAttributesOutput,
  type SetSecurityGroupsInput,
  type SetSecurityGroupsOutput,
  type SetSubnetsInput,
  type SetSubnetsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import { AwsError } from '../../aws-error.ts'
import { operation, type Scope } from '../../operation.ts'
import { setAttributes, shownAttributes } from '../attributes.ts'
import { checkedArn, loadBalancerOf } from '../known-resources.ts'
import { removeListener } from '../listeners/remove-listener.ts'
import { forgetTags } from '../tags/tags.ts'
import { invalidConfiguration, required } from '../validation-error.ts'
import { attributesOf } from './attributes.ts'
import { createLoadBalancer } from './create-load-balancer.ts'
import { describeLoadBalancers } from './describe-load-balancers.ts'
import { securityGroupsFrom, subnetsFrom } from './given-network.ts'
import { shownZones } from './load-balancer-answer.ts'

export const loadBalancerOperations = [
  operation(CreateLoadBalancer$, createLoadBalancer),
  operation(DescribeLoadBalancers$, describeLoadBalancers),
  operation(DeleteLoadBalancer$, deleteLoadBalancer),
  operation(ModifyLoadBalancerAttributes$, modifyLoadBalancerAttributes),
  operation(DescribeLoadBalancerAttributes$, describeLoadBalancerAttributes),
  operation(SetSecurityGroups$, setSecurityGroups),
  operation(SetSubnets$, setSubnets),
]

/** "If the load balancer does not exist or has already been deleted, the call succeeds" (API Reference, DeleteLoadBalancer). */
function deleteLoadBalancer(input: DeleteLoadBalancerInput, scope: Scope): object {
  const arn = checkedArn(required(input.LoadBalancerArn, 'loadBalancerArn'), 'loadbalancer', 'load balancer')
  const { loadBalancers, listeners } = scope.state.elbv2
  const balancer = loadBalancers[arn]
  if (!balancer) return {}
  if (balancer.attributes['deletion_protection.enabled'] === 'true') {
    throw new AwsError(
      'OperationNotPermitted',
      `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
    )
  }
  for (const listener of Object.values(listeners)) {
    if (listener.loadBalancerArn === arn) removeListener(listener, scope)
  }
  delete loadBalancers[arn]
  forgetTags(scope, arn)
  return {}
}

function modifyLoadBalancerAttributes(
  input: ModifyLoadBalancerAttributesInput,
  scope: Scope,
): ModifyLoadBalancerAttributesOutput {
  const balancer = loadBalancerOf(scope, input.LoadBalancerArn)
  setAttributes(balancer, input.Attributes, attributesOf(balancer), 'Load balancer')
  return { Attributes: shownAttributes(balancer, attributesOf(balancer)) }
}

function describeLoadBalancerAttributes(
  input: DescribeLoadBalancerAttributesInput,
  scope: Scope,
): DescribeLoadBalancerAttributesOutput {
  const balancer = loadBalancerOf(scope, input.LoadBalancerArn)
  return { Attributes: shownAttributes(balancer, attributesOf(balancer)) }
}

function setSecurityGroups(input: SetSecurityGroupsInput, scope: Scope): SetSecurityGroupsOutput {
  const balancer = loadBalancerOf(scope, input.LoadBalancerArn)
  const given = required(input.SecurityGroups, 'securityGroups')
  // API Reference, SetSecurityGroups: only if it was made with one; and then one has to stay.
  if (balancer.type === 'network' && (balancer.securityGroupIds.length === 0) !== (given.length === 0)) {
    throw invalidConfiguration(
      'Security groups of a network load balancer can be changed, but neither added to one without nor removed',
    )
  }
  balancer.securityGroupIds = securityGroupsFrom(given, balancer, scope)
  return { SecurityGroupIds: balancer.securityGroupIds }
}

function setSubnets(input: SetSubnetsInput, scope: Scope): SetSubnetsOutput {
  const balancer = loadBalancerOf(scope, input.LoadBalancerArn)
  const { vpcId, subnets } = subnetsFrom(input, balancer.type, scope)
  if (vpcId !== balancer.vpcId) {
    throw invalidConfiguration(`The subnets do not belong to VPC '${balancer.vpcId}'`)
  }
  balancer.subnets = subnets
  balancer.ipAddressType = input.IpAddressType ?? balancer.ipAddressType
  return { AvailabilityZones: shownZones(balancer), IpAddressType: balancer.ipAddressType as 'ipv4' }
}
