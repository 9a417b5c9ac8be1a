import { AwsError } from '../../aws-error.ts'
import { checkZone, chosenSubnet, subnetOf } from '../../ec2/networks/chosen-subnet.ts'
import type { Scope } from '../../operation.ts'
import { validationError } from '../validation-error.ts'
import type { Group } from './group.ts'

export interface GroupSubnet {
  subnetId: string
  zone: string
}

/** The subnets that the group launches into: its own, or the default ones of its zones, as far as they exist. */
export function subnetsOf(
  { subnetIds, zones }: Pick<Group, 'subnetIds' | 'zones'>,
  scope: Scope,
): GroupSubnet[] {
  const { subnets } = scope.state.ec2
  if (subnetIds.length > 0) {
    return subnetIds.map((subnetId, index) => ({
      subnetId,
      zone: subnets[subnetId]?.zone ?? zones[index] ?? zones[0] ?? '',
    }))
  }
  return zones.map((zone) => {
    const { subnetId } = chosenSubnet(scope, { zone })
    return { subnetId, zone }
  })
}

/** Where a request says that the group launches. Throws AwsError where that is nowhere, and for what does not exist. */
export function placesOf(
  { VPCZoneIdentifier: list, AvailabilityZones: given = [] }: GivenPlaces,
  scope: Scope,
): Pick<Group, 'subnetIds' | 'zones'> {
  const subnetIds = (list ?? '').split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]))
  if (subnetIds.length === 0 && given.length === 0) {
    throw validationError('At least one Availability Zone or VPC Subnet is required.')
  }
  try {
    for (const zone of given) checkZone(scope, zone)
    const zones = subnetIds.map((id) => subnetOf(scope, id).zone)
    if (subnetIds.length === 0) {
      for (const zone of given) chosenSubnet(scope, { zone })
      return { subnetIds, zones: [...new Set(given)] }
    }
    if (given.some((zone) => !zones.includes(zone))) {
      throw validationError(
        'The availability zones of the specified subnets and the Auto Scaling group do not match',
      )
    }
    return { subnetIds, zones: [...new Set(zones)] }
  } catch (error) {
    throw error instanceof AwsError ? validationError(error.message) : error
  }
}

interface GivenPlaces {
  VPCZoneIdentifier?: string | undefined
  AvailabilityZones?: string[] | undefined
}
