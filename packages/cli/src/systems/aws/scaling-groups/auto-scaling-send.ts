import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling'

/** What the client of Auto Scaling sends with. */
export type AutoScalingSend = AutoScalingClient['send']
