import type { AccountClock } from './account-clock.ts'
import type { Ec2State } from '../ec2/ec2-state.ts'

/** Everything that the sandbox keeps between calls, as it lies on disk. */
export interface AccountState {
  /** A sandbox that a later version wrote is refused, not misread. */
  format: 1
  clock: AccountClock
  regions: Record<string, RegionState>
}

/** One region's resources, a part for each service. */
export interface RegionState {
  ec2: Ec2State
}
