import type { DescribeAccountAttributesRequest, DescribeAccountAttributesResult } from '@aws-sdk/client-ec2'

import { invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'

/** What new accounts have (EC2 API Reference, DescribeAccountAttributes). */
export function describeAccountAttributes(
  input: DescribeAccountAttributesRequest,
  scope: Scope,
): DescribeAccountAttributesResult {
  const vpc = Object.values(scope.state.ec2.vpcs).find(({ isDefault }) => isDefault)
  const attributes: Record<string, string> = {
    'supported-platforms': 'VPC',
    'default-vpc': vpc?.vpcId ?? 'none',
    'max-instances': '20',
    'vpc-max-security-groups-per-interface': '5',
    'max-elastic-ips': '5',
    'vpc-max-elastic-ips': '5',
  }
  const { AttributeNames: names = [] } = input
  const unknown = names.find((name) => !Object.hasOwn(attributes, name))
  if (unknown !== undefined) {
    throw invalidParameterValue(`Value (${unknown}) for parameter attributeName is invalid.`)
  }
  const wanted = new Set<string>(names)
  return {
    AccountAttributes: Object.entries(attributes)
      .filter(([name]) => wanted.size === 0 || wanted.has(name))
      .map(([AttributeName, AttributeValue]) => ({ AttributeName, AttributeValues: [{ AttributeValue }] })),
  }
}
