import type {
  AvailabilityZone,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
} from '@aws-sdk/client-ec2'

import { matching } from '../../account/filters.ts'
import { invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { regionNames, zoneIdOf, zonesOf } from './regions.ts'

const noTags = () => ({})

export function describeRegions(input: DescribeRegionsRequest, scope: Scope): DescribeRegionsResult {
  const { RegionNames: names = [] } = input
  const all = [...new Set([...regionNames, scope.region])]
  const unknown = names.find((name) => !all.includes(name))
  if (unknown !== undefined) throw invalidParameterValue(`Invalid region: [${unknown}]`)
  const regions = all
    .filter((name) => names.length === 0 || names.includes(name))
    .map((name) => ({
      RegionName: name,
      Endpoint: `ec2.${name}.amazonaws.com`,
      OptInStatus: 'opt-in-not-required',
    }))
  return {
    Regions: matching(
      regions,
      input.Filters,
      {
        'region-name': ({ RegionName }) => RegionName,
        endpoint: ({ Endpoint }) => Endpoint,
        'opt-in-status': ({ OptInStatus }) => OptInStatus,
      },
      noTags,
    ),
  }
}

export function describeAvailabilityZones(
  input: DescribeAvailabilityZonesRequest,
  scope: Scope,
): DescribeAvailabilityZonesResult {
  const { ZoneNames: names = [], ZoneIds: ids = [] } = input
  const all = zonesOf(scope.region)
  const unknown = names.find((name) => !all.includes(name))
  if (unknown !== undefined) throw invalidParameterValue(`Invalid availability zone: [${unknown}]`)
  const unknownId = ids.find((id) => !all.some((zone) => zoneIdOf(zone) === id))
  if (unknownId !== undefined) throw invalidParameterValue(`Invalid availability zone-id: [${unknownId}]`)
  const zones = all
    .filter((zone) => names.length === 0 || names.includes(zone))
    .filter((zone) => ids.length === 0 || ids.includes(zoneIdOf(zone)))
    .map((zone) => shownZone(scope.region, zone))
  return {
    AvailabilityZones: matching(
      zones,
      input.Filters,
      {
        'group-name': ({ GroupName }) => GroupName,
        message: () => undefined,
        'opt-in-status': ({ OptInStatus }) => OptInStatus,
        'region-name': ({ RegionName }) => RegionName,
        state: ({ State }) => State,
        'zone-id': ({ ZoneId }) => ZoneId,
        'zone-name': ({ ZoneName }) => ZoneName,
        'zone-type': ({ ZoneType }) => ZoneType,
      },
      noTags,
    ),
  }
}

function shownZone(region: string, zone: string): AvailabilityZone {
  return {
    ZoneName: zone,
    ZoneId: zoneIdOf(zone),
    RegionName: region,
    State: 'available',
    OptInStatus: 'opt-in-not-required',
    Messages: [],
    GroupName: `${region}-zg-1`,
    NetworkBorderGroup: region,
    ZoneType: 'availability-zone',
  }
}
