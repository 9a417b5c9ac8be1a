import type { Clock } from '../ports/clock.ts'
import type { LoadBalancers } from '../ports/cloud/load-balancers.ts'
import type { Tags } from '../ports/cloud/tags.ts'
import { awaitDeleted } from './await-deleted.ts'
import { deleteTargetGroup } from './delete-target-group.ts'
import { arnOf, type LoadBalancerArns } from './load-balancer-arns.ts'
import type { LoadBalancerStep } from './load-balancer-step.ts'

export interface StepContext {
  cloud: LoadBalancers
  clock: Clock
  /** Of whatever is made. */
  tags: Tags
  /** The name of the group's load balancer. */
  loadBalancer: string
  arns: LoadBalancerArns
}

/** Does one step of a plan; a deletion is done when it is gone. Failures are those of the port, and timeout. */
export async function carryOutStep(step: LoadBalancerStep, context: StepContext): Promise<void> {
  const { cloud, tags, arns } = context
  switch (step.do) {
    case 'create-load-balancer': {
      const { do: _, ...balancer } = step
      arns.loadBalancers.set(step.name, (await cloud.createLoadBalancer({ ...balancer, tags })).arn)
      return
    }
    case 'create-target-group': {
      const { do: _, ...group } = step
      arns.targetGroups.set(step.name, (await cloud.createTargetGroup({ ...group, tags })).arn)
      return
    }
    case 'create-listener':
    case 'modify-listener':
      return carryOutListener(step, context)
    case 'set-subnets':
      return cloud.setLoadBalancerSubnets(arnOf(arns.loadBalancers, step.name), step.subnetIds)
    case 'set-security-groups':
      return cloud.setLoadBalancerSecurityGroups(arnOf(arns.loadBalancers, step.name), step.securityGroupIds)
    case 'set-health-check':
      return cloud.setTargetGroupHealthCheck(arnOf(arns.targetGroups, step.name), step.healthCheck)
    case 'set-drain':
      return cloud.setTargetGroupDrain(arnOf(arns.targetGroups, step.name), step.drain)
    case 'delete-listener':
      return cloud.deleteListener(arnOf(arns.listeners, step.port))
    case 'delete-load-balancer':
      await cloud.deleteLoadBalancer(arnOf(arns.loadBalancers, step.name))
      return awaitDeleted(context, step.name)
    case 'delete-target-group':
      return deleteTargetGroup(context, arnOf(arns.targetGroups, step.name))
  }
}

async function carryOutListener(
  step: LoadBalancerStep & { do: 'create-listener' | 'modify-listener' },
  { cloud, tags, loadBalancer, arns }: StepContext,
): Promise<void> {
  const { do: what, targetGroup, idle, ...rest } = step
  const listener = {
    ...rest,
    targetGroupArn: arnOf(arns.targetGroups, targetGroup),
    ...(idle !== undefined && { idleTargetGroupArns: [arnOf(arns.targetGroups, idle)] }),
  }
  await (what === 'create-listener'
    ? cloud.createListener(arnOf(arns.loadBalancers, loadBalancer), listener, tags)
    : cloud.modifyListener(arnOf(arns.listeners, step.port), listener))
}
