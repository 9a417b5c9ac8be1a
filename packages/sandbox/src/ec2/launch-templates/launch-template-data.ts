import type { RequestLaunchTemplateData, ResourceType } from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue } from '../../aws-error.ts'
import { checkUserData } from '../instances/launch-request.ts'
import { checkTaggedTypes } from '../tags/tags.ts'

/** EC2 API Reference, LaunchTemplateTagSpecificationRequest. */
const taggedTypes = [
  'instance',
  'volume',
  'network-interface',
  'spot-instances-request',
] as const satisfies readonly ResourceType[]

/** EC2 API Reference, CreateLaunchTemplate: VersionDescription. */
const longestDescription = 255

/**
 * What a new version holds. That images, keys and groups exist is not looked at: EC2 looks when something is launched (EC2 API
 * Reference, CreateLaunchTemplate). Throws AwsError for what can never be launched.
 */
export function checkedData(data: RequestLaunchTemplateData): RequestLaunchTemplateData {
  if (data.UserData !== undefined) checkUserData(data.UserData)
  checkTaggedTypes(data.TagSpecifications, taggedTypes)
  if (data.InstanceMarketOptions?.SpotOptions?.ValidUntil !== undefined) {
    throw new AwsError('UnsupportedOperation', 'The sandbox does not know how long a Spot request is valid.')
  }
  return data
}

/** Throws AwsError. */
export function checkVersionDescription(description: string | undefined): void {
  if (description === undefined || description.length <= longestDescription) return
  throw invalidParameterValue(
    `Value for parameter VersionDescription is invalid. Version descriptions have at most ${String(longestDescription)} characters.`,
  )
}
