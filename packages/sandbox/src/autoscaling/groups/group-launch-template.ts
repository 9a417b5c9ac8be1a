/** The version of a launch template that a group or an instance is launched from. */
export interface GroupLaunchTemplate {
  id: string
  name: string
  /** A number, `$Latest` or `$Default`. */
  version: string
}
