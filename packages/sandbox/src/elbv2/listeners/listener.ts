import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'

export interface Listener {
  arn: string
  loadBalancerArn: string
  port: number
  protocol: string
  /** The ARN of its certificate, where its protocol needs one. */
  certificateArn?: string
  sslPolicy?: string
  alpnPolicy?: string[]
  /** As they were given. */
  actions: Action[]
}
