import type { BlockDeviceMapping } from '../volumes/block-device.ts'

export interface Image {
  imageId: string
  name: string
  description: string
  ownerId: string
  /** `amazon` for images of AWS itself, which also answer to that as their owner. */
  ownerAlias?: string
  architecture: 'x86_64' | 'arm64'
  isPublic: boolean
  /** Accounts that may launch it, beside its owner. */
  launchPermissions: string[]
  rootDeviceName: string
  blockDevices: BlockDeviceMapping[]
  /** The login that its maker set up. */
  user: string
  platformDetails: string
  imdsSupport?: 'v2.0'
  bootMode: 'uefi-preferred' | 'uefi' | 'legacy-bios'
  /** Milliseconds since 1970. */
  createdAt: number
  /** When it turns from pending to available, likewise. */
  availableAt: number
  /** Why it failed; such an image never gets available. */
  failure?: string
  /** The instance that it was made of. */
  sourceInstanceId?: string
  /** What it is a copy of, or the image of that instance. */
  source?: { imageId: string; region: string }
  /** In ISO 8601, as all answers show it. */
  deprecationTime?: string
  deregistrationProtection?: DeregistrationProtection
  productCodes?: string[]
  /** The image whose captured disk it starts with: itself, or the one that it was copied or registered from. */
  diskImageId?: string
  /** chef-solo refuses what package left on that disk. */
  convergeFails?: true
  /** It stays here, as a second deregistration has an answer of its own. */
  isDeregistered?: true
}

export type DeregistrationProtection =
  | { state: 'enabled-with-cooldown' | 'enabled-without-cooldown' }
  /** Until then it cannot be deregistered still. */
  | { state: 'disabled'; protectedUntil: number }
