import type { TokenRecord } from '../account/idempotency.ts'
import type { Address } from './addresses/address.ts'
import type { Image } from './images/image.ts'
import type { Instance } from './instances/instance.ts'
import type { KeyPair } from './key-pairs/key-pair.ts'
import type { LaunchTemplate } from './launch-templates/launch-template.ts'
import type { SecurityGroup } from './security-groups/security-group.ts'
import type { Snapshot } from './snapshots/snapshot.ts'
import type { Volume } from './volumes/volume.ts'
import type { Subnet, Vpc } from './networks/network.ts'

/** EC2's resources of one region, each by its id. */
export interface Ec2State {
  vpcs: Record<string, Vpc>
  subnets: Record<string, Subnet>
  securityGroups: Record<string, SecurityGroup>
  keyPairs: Record<string, KeyPair>
  launchTemplates: Record<string, LaunchTemplate>
  instances: Record<string, Instance>
  /** Texts in base64 by their digests. */
  userData: Record<string, string>
  images: Record<string, Image>
  snapshots: Record<string, Snapshot>
  volumes: Record<string, Volume>
  addresses: Record<string, Address>
  /** How many instances were ever launched, or were to be by a group that was refused. */
  launches: number
  /** Tags by resource id, of all kinds. */
  tags: Record<string, Record<string, string>>
  /** Client tokens by operation and token. */
  tokens: Record<string, Record<string, TokenRecord>>
}
