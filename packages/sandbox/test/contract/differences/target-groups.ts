import { balancingPage, scalingPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const targetGroupDifferences: Difference[] = [
  {
    at: ['the same target group twice: create it again'],
    sandbox: '1',
    moto: 'DuplicateTargetGroupName',
    right: 'sandbox',
    aws: 'This operation is idempotent, which means that it completes at most one time. If you attempt to create multiple target groups with the same settings, each call succeeds.',
    page: balancingPage('CreateTargetGroup'),
  },
  {
    at: ['target groups that are gone: delete what is not there'],
    sandbox: 'ok',
    moto: 'TargetGroupNotFound',
    right: 'sandbox',
    aws: 'The only error of DeleteTargetGroup is ResourceInUse: A specified resource is in use.',
    page: balancingPage('DeleteTargetGroup'),
  },
  {
    at: [
      'refused target groups: a long interval',
      'refused target groups: a single success',
      'refused target groups: many failures',
    ],
    sandbox: 'ValidationError',
    moto: 'ok',
    right: 'sandbox',
    aws: 'HealthCheckIntervalSeconds: The range is 5-300. HealthyThresholdCount, UnhealthyThresholdCount: The range is 2-10.',
    page: balancingPage('CreateTargetGroup'),
  },
  {
    at: ['targets: draining'],
    sandbox: '["draining Target.DeregistrationInProgress"]',
    moto: '[]',
    right: 'sandbox',
    aws: 'Target.DeregistrationInProgress: The target is in the process of being deregistered and the deregistration delay period has not expired.',
    page: balancingPage('TargetHealth'),
  },
  {
    at: ['unused targets: no listener'],
    sandbox: '["unused Target.NotInUse"]',
    moto: '["healthy"]',
    right: 'sandbox',
    aws: 'Target.NotInUse: The target group is not used by any load balancer or the target is in an Availability Zone that is not enabled for its load balancer.',
    page: balancingPage('TargetHealth'),
  },
  {
    at: ['target groups of Auto Scaling groups: attached'],
    sandbox: '["InService"]',
    moto: '["Added"]',
    right: 'sandbox',
    aws: 'InService: At least one Auto Scaling instance passed an ELB health check. Note that the target group enters this state immediately if you attach it in the CreateAutoScalingGroup API call.',
    page: scalingPage('LoadBalancerTargetGroupState'),
  },
  {
    at: ['target groups of Auto Scaling groups: a target group that is not there'],
    sandbox: 'ValidationError',
    moto: 'TargetGroupNotFound',
    right: 'sandbox',
    aws: 'The errors of CreateAutoScalingGroup and the common ones have no code of Elastic Load Balancing among them; ValidationError: The input fails to satisfy the constraints specified by an AWS service.',
    page: scalingPage('CreateAutoScalingGroup'),
  },
  {
    at: ['DescribeAutoScalingGroups: AutoScalingGroup.TrafficSources', '*: TrafficSourceIdentifier.*'],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'TrafficSources: The traffic sources associated with this Auto Scaling group.',
    page: scalingPage('AutoScalingGroup'),
  },
]
