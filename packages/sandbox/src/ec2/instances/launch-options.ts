import type { RunInstancesRequest } from '@aws-sdk/client-ec2'

import { fixedId } from '../../account/ids.ts'
import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { givenText } from '../given-text.ts'
import type { Image } from '../images/image.ts'
import type { Instance } from './instance.ts'

/**
 * The instance profile that a launch names, by its ARN or its name. There is no IAM here: every well-formed profile exists.
 * Throws AwsError for both names at once, and for what cannot be one.
 */
export function launchedProfile(
  { IamInstanceProfile: given }: RunInstancesRequest,
  { accountId }: Scope,
): Instance['iamInstanceProfile'] {
  const [givenArn, name] = [givenText(given?.Arn), givenText(given?.Name)]
  if (givenArn === undefined && name === undefined) return undefined
  if (givenArn !== undefined && name !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
    )
  }
  const arn = givenArn ?? `arn:aws:iam::${accountId}:instance-profile/${name ?? ''}`
  if (!/^arn:aws[a-z-]*:iam::\d{12}:instance-profile\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/.test(arn)) {
    const [kind, value] = givenArn === undefined ? ['name', name] : ['ARN', givenArn]
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${value ?? ''}) for parameter iamInstanceProfile.${kind.toLowerCase()} is invalid. Invalid IAM Instance Profile ${kind}`,
    )
  }
  return { arn, id: fixedId('AIPA', arn).replace('-', '').toUpperCase() }
}

/**
 * How a launched instance gives out its metadata. An image that supports only IMDSv2 sets other defaults (EC2 User Guide,
 * "Configure instance metadata options for new instances").
 */
export function launchedMetadataOptions(
  { MetadataOptions: given = {} }: RunInstancesRequest,
  image: Image,
): Instance['metadataOptions'] {
  const isV2 = image.imdsSupport === 'v2.0'
  return {
    httpTokens: given.HttpTokens ?? (isV2 ? 'required' : 'optional'),
    httpPutResponseHopLimit: given.HttpPutResponseHopLimit ?? (isV2 ? 2 : 1),
    httpEndpoint: given.HttpEndpoint ?? 'enabled',
    instanceMetadataTags: given.InstanceMetadataTags ?? 'disabled',
  }
}
