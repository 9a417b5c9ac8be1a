/** An autoscale group, as far as its launch template goes. */
export interface ScalingGroup {
  name: string
  /** The launch templates that it launches from, more than one with a mixed instances policy; as a number, or `$Latest`, `$Default`. */
  templates: { id: string; version: string }[]
}

export interface ScalingGroups {
  /** Every one of the region. */
  scalingGroups(): Promise<ScalingGroup[]>
}
