import {
  DescribeAccountAttributesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeRegionsCommand,
  DescribeVpcsCommand,
  paginateDescribeInstanceTypes,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { testAccount } from './test-account.ts'

test('regions and zones are found by name and filter', async () => {
  const { ec2 } = testAccount({}, 'eu-central-1')
  const RegionNames = ['eu-central-1', 'us-east-1']
  const Filters = [{ Name: 'region-name', Values: ['eu-*'] }]
  const { Regions } = await ec2.send(new DescribeRegionsCommand({ RegionNames, Filters }))
  expect(Regions).toMatchObject([{ RegionName: 'eu-central-1', Endpoint: 'ec2.eu-central-1.amazonaws.com' }])
  const { AvailabilityZones } = await ec2.send(
    new DescribeAvailabilityZonesCommand({ Filters: [{ Name: 'zone-id', Values: ['euc1-az2'] }] }),
  )
  expect(AvailabilityZones).toMatchObject([{ ZoneName: 'eu-central-1b', State: 'available' }])
  await expect(
    ec2.send(new DescribeAvailabilityZonesCommand({ ZoneNames: ['us-east-1a'] })),
  ).rejects.toMatchObject({
    Code: 'InvalidParameterValue',
    message: 'Invalid availability zone: [us-east-1a]',
  })
})

test('us-east-1e does not offer the current types', async () => {
  const { ec2 } = testAccount()
  const offered = async (type: string) => {
    const { InstanceTypeOfferings = [] } = await ec2.send(
      new DescribeInstanceTypeOfferingsCommand({
        LocationType: 'availability-zone',
        Filters: [{ Name: 'instance-type', Values: [type] }],
      }),
    )
    return InstanceTypeOfferings.map(({ Location }) => Location?.at(-1)).join('')
  }
  expect(await offered('t3.micro')).toBe('abcdf')
  expect(await offered('t2.micro')).toBe('abcdef')
  expect(await offered('t3.unknown')).toBe('')
})

test('instance types tell their size and processor, page by page', async () => {
  const { ec2 } = testAccount()
  const { InstanceTypes } = await ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['t4g.small'] }))
  expect(InstanceTypes).toMatchObject([
    {
      ProcessorInfo: { SupportedArchitectures: ['arm64'] },
      VCpuInfo: { DefaultVCpus: 2, DefaultCores: 2, DefaultThreadsPerCore: 1 },
      MemoryInfo: { SizeInMiB: 2048 },
      BurstablePerformanceSupported: true,
      Hypervisor: 'nitro',
    },
  ])
  const names: string[] = []
  const Filters = [{ Name: 'processor-info.supported-architecture', Values: ['arm64'] }]
  for await (const each of paginateDescribeInstanceTypes({ client: ec2, pageSize: 5 }, { Filters })) {
    expect(each.InstanceTypes?.length).toBeLessThanOrEqual(5)
    names.push(...(each.InstanceTypes ?? []).map(({ InstanceType = '' }) => InstanceType))
  }
  expect(names).toContain('m8g.large')
  expect(names).not.toContain('m5.large')
  expect(new Set(names).size).toBe(names.length)
  await expect(
    ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['t3.micro', 'z0.tiny' as 't3.nano'] })),
  ).rejects.toMatchObject({
    Code: 'InvalidInstanceType',
    message: 'The following supplied instance types do not exist: [z0.tiny]',
  })
})

test('the account names its default VPC', async () => {
  const { ec2 } = testAccount()
  const { AccountAttributes } = await ec2.send(
    new DescribeAccountAttributesCommand({ AttributeNames: ['default-vpc'] }),
  )
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand())
  expect(AccountAttributes).toEqual([
    { AttributeName: 'default-vpc', AttributeValues: [{ AttributeValue: Vpcs?.[0]?.VpcId }] },
  ])
})
