import type { Addresses } from './addresses.ts'
import type { Alarms } from './alarms.ts'
import type { Artifacts } from './artifacts.ts'
import type { Commands } from './commands.ts'
import type { Images } from './images.ts'
import type { Instances } from './instances.ts'
import type { KeyPairs } from './key-pairs.ts'
import type { LaunchTemplates } from './launch-templates.ts'
import type { LoadBalancers } from './load-balancers.ts'
import type { Networks } from './networks.ts'
import type { ScalingGroups } from './scaling-groups.ts'
import type { SecurityGroups } from './security-groups.ts'

/**
 * AWS in one region, in our nouns. Lists are complete, however many pages they take. A refusal or failure is a PackageError
 * that says what to do; calls that AWS throttles are repeated until the deadline of the call.
 */
export interface Cloud
  extends
    Addresses,
    Alarms,
    Artifacts,
    Commands,
    Images,
    Instances,
    KeyPairs,
    LaunchTemplates,
    LoadBalancers,
    Networks,
    ScalingGroups,
    SecurityGroups {
  readonly region: string
  /** AWS's own time, as far as its answers have told it, in milliseconds since 1970. */
  now(): number
  /** The account's twelve digits. */
  accountId(): Promise<string>
}

/** The regions that one command acts on. */
export interface Clouds {
  /**
   * The region of a group: `--region`, else what the group says, else what the environment says.
   * Throws PackageError (config) when none of them does.
   */
  regionOf(group: { name: string; fields: { region?: string } }): string
  in(region: string): Cloud
}
