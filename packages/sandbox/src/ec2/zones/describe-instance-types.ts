import type {
  DescribeInstanceTypeOfferingsRequest,
  DescribeInstanceTypeOfferingsResult,
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  InstanceTypeInfo,
  InstanceTypeOffering,
  LocationType,
  _InstanceType as InstanceTypeName,
} from '@aws-sdk/client-ec2'

import { matching, type FilterValues } from '../../account/filters.ts'
import { page } from '../../account/pages.ts'
import { AwsError, invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { instanceTypes, isOffered, type InstanceType } from './instance-types.ts'
import { zoneIdOf, zonesOf } from './regions.ts'

const noTags = () => ({})

export function describeInstanceTypeOfferings(
  input: DescribeInstanceTypeOfferingsRequest,
  scope: Scope,
): DescribeInstanceTypeOfferingsResult {
  const { LocationType: locationType = 'region' } = input
  const offerings = [...instanceTypes.values()].flatMap((type) =>
    locationsOf(type, locationType, scope.region).map((Location): InstanceTypeOffering => ({
      InstanceType: type.name as InstanceTypeName,
      LocationType: locationType,
      Location,
    })),
  )
  const found = matching(
    offerings,
    input.Filters,
    { 'instance-type': ({ InstanceType }) => InstanceType, location: ({ Location }) => Location },
    noTags,
  )
  const { items, NextToken } = page(found, input)
  return { InstanceTypeOfferings: items, NextToken }
}

function locationsOf(type: InstanceType, locationType: LocationType, region: string): string[] {
  const zones = zonesOf(region).filter((zone) => isOffered(type, zone))
  switch (locationType) {
    case 'region':
      return zones.length > 0 ? [region] : []
    case 'availability-zone':
      return zones
    case 'availability-zone-id':
      return zones.map(zoneIdOf)
    case 'outpost':
      return []
    default:
      throw invalidParameterValue(`Value (${String(locationType)}) for parameter locationType is invalid.`)
  }
}

/** How many types an answer holds at most (EC2 API Reference, DescribeInstanceTypes). */
const mostTypes = 100

export function describeInstanceTypes(input: DescribeInstanceTypesRequest): DescribeInstanceTypesResult {
  const { InstanceTypes: names = [], MaxResults = mostTypes, NextToken: token } = input
  const unknown = names.filter((name) => !instanceTypes.has(name))
  if (unknown.length > 0) {
    throw new AwsError(
      'InvalidInstanceType',
      `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
    )
  }
  const wanted = new Set<string>(names)
  const types = [...instanceTypes.values()]
    .filter(({ name }) => wanted.size === 0 || wanted.has(name))
    .map(shownType)
  const found = matching(types, input.Filters, filterValues, noTags)
  const { items, NextToken } = page(found, { MaxResults, NextToken: token }, [5, mostTypes])
  return { InstanceTypes: items, NextToken }
}

const filterValues: FilterValues<InstanceTypeInfo> = {
  'auto-recovery-supported': ({ AutoRecoverySupported }) => String(AutoRecoverySupported),
  'bare-metal': ({ BareMetal }) => String(BareMetal),
  'burstable-performance-supported': ({ BurstablePerformanceSupported }) =>
    String(BurstablePerformanceSupported),
  'current-generation': ({ CurrentGeneration }) => String(CurrentGeneration),
  hypervisor: ({ Hypervisor }) => Hypervisor,
  'instance-storage-supported': ({ InstanceStorageSupported }) => String(InstanceStorageSupported),
  'instance-type': ({ InstanceType }) => InstanceType,
  'memory-info.size-in-mib': ({ MemoryInfo }) => String(MemoryInfo?.SizeInMiB),
  'processor-info.supported-architecture': ({ ProcessorInfo }) => ProcessorInfo?.SupportedArchitectures,
  'supported-root-device-type': ({ SupportedRootDeviceTypes }) => SupportedRootDeviceTypes,
  'supported-usage-class': ({ SupportedUsageClasses }) => SupportedUsageClasses,
  'supported-virtualization-type': ({ SupportedVirtualizationTypes }) => SupportedVirtualizationTypes,
  'vcpu-info.default-cores': ({ VCpuInfo }) => String(VCpuInfo?.DefaultCores),
  'vcpu-info.default-threads-per-core': ({ VCpuInfo }) => String(VCpuInfo?.DefaultThreadsPerCore),
  'vcpu-info.default-vcpus': ({ VCpuInfo }) => String(VCpuInfo?.DefaultVCpus),
}

function shownType(type: InstanceType): InstanceTypeInfo {
  const { name, cpus, memoryMib, architecture, isNitro, isBurstable } = type
  const threads = architecture === 'x86_64' && isNitro && cpus > 1 ? 2 : 1
  const runs32Bit = /^(t2\.(nano|micro|small|medium)|m1\.(small|medium))$/.test(name)
  return {
    InstanceType: name as InstanceTypeName,
    CurrentGeneration: !/^m[13]\./.test(name),
    SupportedUsageClasses: ['on-demand', 'spot'],
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    BareMetal: false,
    Hypervisor: isNitro ? 'nitro' : 'xen',
    ProcessorInfo: { SupportedArchitectures: runs32Bit ? ['i386', architecture] : [architecture] },
    VCpuInfo: { DefaultVCpus: cpus, DefaultCores: cpus / threads, DefaultThreadsPerCore: threads },
    MemoryInfo: { SizeInMiB: memoryMib },
    InstanceStorageSupported: /^(m1|m3|i3)\./.test(name),
    BurstablePerformanceSupported: isBurstable,
    AutoRecoverySupported: isNitro,
  }
}
