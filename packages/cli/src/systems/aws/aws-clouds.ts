import { PackageError } from '@package/core/errors'
import type { Cloud, Clouds } from '@package/core/ports/cloud/cloud'

import { accountId } from './account-id.ts'
import { addresses } from './addresses.ts'
import type { Connection } from './connection.ts'
import { Consistent } from './consistent.ts'
import { images } from './images.ts'
import { instances } from './instances.ts'
import { keyPairs } from './key-pairs.ts'
import { launchTemplates } from './launch-templates.ts'
import {
  lazyAlarms,
  lazyArtifacts,
  lazyCommands,
  lazyLoadBalancers,
  lazyScalingGroups,
} from './lazy-parts.ts'
import { networks } from './networks.ts'
import { securityGroups } from './security-groups.ts'
import { ec2Sender } from './sender.ts'

export interface RegionChoice {
  /** `--region`, which is stronger than the group's. */
  named: string | undefined
  /** What the environment or the profile says, which is weaker. */
  usual: string | undefined
}

/** AWS by its SDK. */
export function awsClouds(connection: Connection, choice: RegionChoice): Clouds {
  const clouds = new Map<string, Cloud>()
  return {
    regionOf({ name, fields }) {
      const region = choice.named ?? fields.region ?? choice.usual
      if (region !== undefined) return checkedRegion(region)
      throw new PackageError('config', 'REGION_MISSING', `${name}: no region is named`, {
        hint: `add "region" to the group or to __base__ in nodes.json, or name a --region`,
      })
    },
    in(region) {
      const cloud = clouds.get(region) ?? awsCloud(connection, region)
      clouds.set(region, cloud)
      return cloud
    },
  }
}

/** Throws PackageError (usage) for what would be part of a host name otherwise. */
function checkedRegion(region: string): string {
  if (/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) return region
  throw new PackageError('usage', 'REGION_NAME', `${JSON.stringify(region)} is no region of AWS`, {
    hint: 'a region reads like eu-central-1',
  })
}

function awsCloud(connection: Connection, region: string): Cloud {
  const send = ec2Sender(connection, region)
  const consistent = new Consistent(connection)
  return {
    region,
    now: () => connection.time.now(),
    accountId: () => accountId(connection, region),
    ...addresses(send, consistent),
    ...lazyAlarms(connection, region),
    ...lazyArtifacts(connection, region),
    ...lazyCommands(connection, region),
    ...images(send),
    ...instances(send, consistent),
    ...keyPairs(send, consistent),
    ...launchTemplates(send, consistent),
    ...lazyLoadBalancers(connection, region, consistent),
    ...networks(send),
    ...lazyScalingGroups(connection, region, consistent),
    ...securityGroups(send, consistent),
  }
}
