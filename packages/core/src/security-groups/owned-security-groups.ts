import { PackageError } from '../errors.ts'
import { ownedName, owns, ownerTags, type Owner } from '../ownership.ts'
import type { Tags } from '../ports/cloud/tags.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'

const nameTag = 'package:security-group'

/** What a security group of nodes.json is tagged with on AWS. */
export function securityGroupTags(owner: Owner, name: string): Tags {
  return { ...ownerTags(owner), [nameTag]: name }
}

/** Those of a VPC that the owner made, by their names in nodes.json. Only the tags count: a name proves nothing. */
export function ownedSecurityGroups(
  owner: Owner,
  existing: readonly AwsSecurityGroup[],
): Map<string, AwsSecurityGroup> {
  return new Map(
    existing.flatMap((group) => {
      const name = group.tags[nameTag]
      return name !== undefined && owns(owner, group.tags) ? [[name, group]] : []
    }),
  )
}

/** Throws PackageError (conflict) where a security group that is not the owner's has the name of one to be made. */
export function refuseForeign(owner: Owner, name: string, existing: readonly AwsSecurityGroup[]): void {
  const awsName = ownedName(owner, name)
  const foreign = existing.find((group) => group.name === awsName)
  if (foreign === undefined) return
  const tags = Object.entries(securityGroupTags(owner, name)).map(
    ([key, value]) => `Key=${key},Value=${value}`,
  )
  throw new PackageError(
    'conflict',
    'SECURITY_GROUP_FOREIGN',
    `${foreign.vpcId} has a security group ${JSON.stringify(awsName)} (${foreign.id}) without the tags of this project`,
    {
      hint: `rename ${name} in nodes.json or delete that group; if it is yours: aws ec2 create-tags --resources ${foreign.id} --tags ${tags.join(' ')}`,
    },
  )
}
