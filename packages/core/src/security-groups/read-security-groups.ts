import { PackageError } from '../errors.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'

/** All of a VPC. Throws PackageError (config) when the region has no such VPC. */
export async function readSecurityGroups(
  cloud: Pick<Cloud, 'region' | 'securityGroupsIn'>,
  vpcId: string,
): Promise<AwsSecurityGroup[]> {
  const existing = await cloud.securityGroupsIn(vpcId)
  // Each VPC has a default security group, which cannot be deleted (VPC User Guide, "Default security groups").
  if (existing.length > 0) return existing
  throw new PackageError('config', 'UNKNOWN_VPC', `there is no VPC ${vpcId} in ${cloud.region}`, {
    hint: `correct "vpc" or "region" in nodes.json; aws ec2 describe-vpcs --region ${cloud.region} lists what is there`,
  })
}
