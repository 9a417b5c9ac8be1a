import type { ScalingActivityStatusCode } from '@aws-sdk/client-auto-scaling'

export interface ScalingActivity {
  activityId: string
  description: string
  cause: string
  /** Milliseconds since 1970. */
  startedAt: number
  endedAt?: number
  status: ScalingActivityStatusCode
  message?: string
  progress: number
  subnetId?: string
  zone?: string
}
