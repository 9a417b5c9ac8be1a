import {
  DescribeAccountAttributesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeRegionsCommand,
} from '@aws-sdk/client-ec2'

import type { Scenario } from '../scenario.ts'

const small = ['t3.micro', 'm5.large']

export const zoneScenarios: Scenario[] = [
  {
    name: 'zones',
    async play(caller) {
      await caller.does(
        'list regions',
        new DescribeRegionsCommand({ RegionNames: ['us-east-1', 'eu-central-1'] }),
        ({ Regions }) => Regions?.map(({ RegionName, OptInStatus }) => `${RegionName} ${OptInStatus}`).sort(),
      )
      await caller.does(
        'list zones',
        new DescribeAvailabilityZonesCommand({ ZoneNames: ['us-east-1a', 'us-east-1b'] }),
        ({ AvailabilityZones }) =>
          AvailabilityZones?.map(({ ZoneName, State, RegionName }) => [ZoneName, State, RegionName]),
      )
      await caller.refuses(
        'name a missing zone',
        'InvalidParameterValue',
        new DescribeAvailabilityZonesCommand({ ZoneNames: ['us-east-1z'] }),
      )
      await caller.does('ask what the account has', new DescribeAccountAttributesCommand(), (answer) =>
        answer.AccountAttributes?.map(({ AttributeName }) => AttributeName).sort(),
      )
    },
  },
  {
    name: 'instance types',
    async play(caller) {
      await caller.does(
        'where types are offered',
        new DescribeInstanceTypeOfferingsCommand({
          LocationType: 'availability-zone',
          Filters: [
            { Name: 'instance-type', Values: small },
            { Name: 'location', Values: ['us-east-1a'] },
          ],
        }),
        ({ InstanceTypeOfferings }) =>
          InstanceTypeOfferings?.map(({ InstanceType, Location }) => `${InstanceType} ${Location}`).sort(),
      )
      await caller.does(
        'what they have',
        new DescribeInstanceTypesCommand({ InstanceTypes: ['t3.micro', 'm5.large'] }),
        ({ InstanceTypes }) =>
          InstanceTypes?.map(({ InstanceType, VCpuInfo, MemoryInfo, ProcessorInfo }) =>
            [
              InstanceType,
              VCpuInfo?.DefaultVCpus,
              MemoryInfo?.SizeInMiB,
              ...(ProcessorInfo?.SupportedArchitectures ?? []),
            ].join(' '),
          ).sort(),
      )
      await caller.refuses(
        'name a missing type',
        'InvalidInstanceType',
        // As a newer SDK would name one.
        new DescribeInstanceTypesCommand({ InstanceTypes: ['t3.pico' as 't3.nano'] }),
      )
    },
  },
]
