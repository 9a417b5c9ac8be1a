export interface LifecycleHook {
  name: string
  transition: 'autoscaling:EC2_INSTANCE_LAUNCHING' | 'autoscaling:EC2_INSTANCE_TERMINATING'
  /** In seconds. */
  heartbeatTimeout: number
  defaultResult: 'CONTINUE' | 'ABANDON'
  notificationTargetArn?: string
  roleArn?: string
  notificationMetadata?: string
}

/** Amazon EC2 Auto Scaling API Reference, LifecycleHook: GlobalTimeout, in seconds. */
export function globalTimeoutOf({ heartbeatTimeout }: LifecycleHook): number {
  return Math.min(172_800, heartbeatTimeout * 100)
}
