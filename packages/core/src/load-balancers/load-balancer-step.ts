import type { AwsListener, AwsLoadBalancer, TargetGroupHealthCheck } from '../ports/cloud/load-balancers.ts'
import type { WantedTargetGroup } from './wanted-load-balancer.ts'

/** One thing to be done, as plain data; load balancer and target groups by their names, listeners by their ports. */
export type LoadBalancerStep =
  | ({ do: 'create-load-balancer' } & Pick<
      AwsLoadBalancer,
      'name' | 'type' | 'scheme' | 'subnetIds' | 'securityGroupIds'
    >)
  | { do: 'set-subnets'; name: string; subnetIds: string[] }
  | { do: 'set-security-groups'; name: string; securityGroupIds: string[] }
  | ({ do: 'create-target-group' } & WantedTargetGroup)
  | { do: 'set-health-check'; name: string; healthCheck: TargetGroupHealthCheck }
  | { do: 'set-drain'; name: string; drain: number }
  | ({ do: 'create-listener' } & ListenerStep)
  | ({ do: 'modify-listener' } & ListenerStep)
  | { do: 'delete-listener'; port: number }
  | { do: 'delete-load-balancer'; name: string }
  | { do: 'delete-target-group'; name: string }

interface ListenerStep extends Pick<AwsListener, 'port' | 'protocol' | 'certificateArn'> {
  /** The name of the target group that it forwards to. */
  targetGroup: string
  /** That of one whose targets are checked, and get nothing. */
  idle?: string
}
