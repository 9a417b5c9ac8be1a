import {
  DescribeAccountAttributes$,
  DescribeAvailabilityZones$,
  DescribeInstanceTypeOfferings$,
  DescribeInstanceTypes$,
  DescribeRegions$,
} from '@aws-sdk/client-ec2'

import { operation } from '../../operation.ts'
import { describeAccountAttributes } from './describe-account-attributes.ts'
import { describeInstanceTypeOfferings, describeInstanceTypes } from './describe-instance-types.ts'
import { describeAvailabilityZones, describeRegions } from './describe-zones.ts'

export const zoneOperations = [
  operation(DescribeRegions$, describeRegions),
  operation(DescribeAvailabilityZones$, describeAvailabilityZones),
  operation(DescribeInstanceTypeOfferings$, describeInstanceTypeOfferings),
  operation(DescribeInstanceTypes$, describeInstanceTypes),
  operation(DescribeAccountAttributes$, describeAccountAttributes),
]
