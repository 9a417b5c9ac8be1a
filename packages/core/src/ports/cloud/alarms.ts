export interface AwsAlarm {
  name: string
  /** The ARNs of all that it does, in whatever state. */
  actions: string[]
}

/** The alarms of CloudWatch on one metric each. */
export interface Alarms {
  alarmsNamedLike(prefix: string): Promise<AwsAlarm[]>
  /** Done also for those that do not exist any more. */
  deleteAlarms(names: readonly string[]): Promise<void>
}
