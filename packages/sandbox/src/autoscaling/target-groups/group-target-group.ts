/** A target group that an Auto Scaling group's instances are registered with. */
export interface GroupTargetGroup {
  arn: string
  state: 'Adding' | 'Added' | 'InService' | 'Removing'
  /** When Adding or Removing is over; milliseconds since 1970. */
  until?: number
}
