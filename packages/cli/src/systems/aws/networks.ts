import {
  DescribeInstanceTypeOfferingsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type Filter,
  type Subnet as Ec2Subnet,
} from '@aws-sdk/client-ec2'
import type { Networks, Subnet } from '@package/core/ports/cloud/networks'

import { allPages } from './pages.ts'
import type { Send } from './sender.ts'

export function networks(send: Send): Networks {
  const describeSubnets = async (filter: Filter) => {
    const found = await allPages(async (token) => {
      const page = await send(
        new DescribeSubnetsCommand({
          Filters: [filter],
          MaxResults: 1000,
          ...(token !== undefined && { NextToken: token }),
        }),
      )
      return { items: page.Subnets, next: page.NextToken }
    })
    return found.map(toSubnet)
  }
  return {
    async defaultVpc() {
      const { Vpcs = [] } = await send(
        new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
      )
      return Vpcs[0]?.VpcId
    },
    subnets: (vpcId) => describeSubnets({ Name: 'vpc-id', Values: [vpcId] }),
    subnetsNamed: (ids) => describeSubnets({ Name: 'subnet-id', Values: [...ids] }),
    async zonesOffering(instanceType) {
      const offerings = await allPages(async (token) => {
        const page = await send(
          new DescribeInstanceTypeOfferingsCommand({
            LocationType: 'availability-zone',
            Filters: [{ Name: 'instance-type', Values: [instanceType] }],
            ...(token !== undefined && { NextToken: token }),
          }),
        )
        return { items: page.InstanceTypeOfferings, next: page.NextToken }
      })
      return offerings.map(({ Location = '' }) => Location).sort()
    },
  }
}

function toSubnet({ SubnetId = '', VpcId = '', AvailabilityZone = '', DefaultForAz }: Ec2Subnet): Subnet {
  return { id: SubnetId, vpcId: VpcId, zone: AvailabilityZone, isDefaultForZone: DefaultForAz === true }
}
