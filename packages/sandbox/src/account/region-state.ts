import type { WantedImage } from '../ec2/images/wanted-image.ts'
import { timeOf } from './account-clock.ts'
import type { AccountState, RegionState } from './account-state.ts'
import { newRegionState } from './new-region-state.ts'

/** A region of the account; it is made when nothing was done in it yet. */
export function regionState(
  account: AccountState,
  region: string,
  images: readonly WantedImage[],
): RegionState {
  const known = Object.hasOwn(account.regions, region) ? account.regions[region] : undefined
  if (known) return known
  const wanted = images.filter((image) => image.region === region)
  const state = newRegionState(region, wanted, timeOf(account.clock))
  account.regions[region] = state
  return state
}
