import { apiPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

const typeParts = [
  'DefaultConnectionTrackingConfiguration',
  'EbsInfo',
  'EbsOptimizedInfo',
  'InstanceTypeInfo',
  'NetworkCardInfo',
  'NetworkInfo',
  'NitroTpmInfo',
  'PlacementGroupInfo',
  'ProcessorInfo',
  'VCpuInfo',
]

export const zoneDifferences: Difference[] = [
  {
    at: ['zones: name a missing zone'],
    sandbox: 'InvalidParameterValue',
    moto: 'ok',
    right: 'sandbox',
    aws: 'ZoneName.N: The names of the Availability Zones, Local Zones, and Wavelength Zones. (One that is none is an invalid value; moto answers with an empty list.)',
    page: apiPage('DescribeAvailabilityZones'),
  },
  {
    at: [
      'DescribeAvailabilityZones: AvailabilityZone.GroupName',
      'DescribeAvailabilityZones: AvailabilityZone.NetworkBorderGroup',
      'DescribeAvailabilityZones: AvailabilityZone.OptInStatus',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'optInStatus: For Availability Zones, this parameter always has the value of opt-in-not-required.',
    page: apiPage('AvailabilityZone'),
  },
  {
    at: typeParts.map((part) => `DescribeInstanceTypes: ${part}.*`),
    sandbox: 'absent',
    moto: 'there',
    right: 'moto',
    aws: 'AWS tells all of it. The sandbox tells what a launch has to know of a type: architectures, processors, memory, storage, and what virtualization it has.',
    page: apiPage('InstanceTypeInfo'),
  },
]
