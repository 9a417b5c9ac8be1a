import { DescribeInstanceInformation$ } from '@aws-sdk/client-ssm'

import { operation } from '../../operation.ts'
import { describeInstanceInformation } from './describe-instance-information.ts'

export const managedInstanceOperations = [
  operation(DescribeInstanceInformation$, describeInstanceInformation),
]
