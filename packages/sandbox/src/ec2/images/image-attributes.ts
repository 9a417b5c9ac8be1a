import type {
  DescribeImageAttributeRequest,
  ImageAttribute,
  ImageAttributeName,
  ModifyImageAttributeRequest,
} from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Image } from './image.ts'
import { imageStateOf, productCodeAnswers } from './image-answer.ts'
import {
  changeLaunchPermissions,
  launchPermissionAnswers,
  namesLaunchPermissions,
} from './launch-permissions.ts'
import { ownImage } from './launchable-image.ts'

type Answer = (image: Image) => Omit<ImageAttribute, 'ImageId'>

/** Without blockDeviceMapping, which EC2 tells nobody (EC2 API Reference, DescribeImageAttribute). */
const answers: Readonly<Partial<Record<ImageAttributeName, Answer>>> = {
  description: ({ description }) => ({ Description: value(description) }),
  launchPermission: (image) => ({ LaunchPermissions: launchPermissionAnswers(image) }),
  productCodes: (image) => ({ ProductCodes: productCodeAnswers(image) }),
  bootMode: ({ bootMode }) => ({ BootMode: value(bootMode) }),
  imdsSupport: ({ imdsSupport }) => ({ ImdsSupport: value(imdsSupport) }),
  sriovNetSupport: () => ({ SriovNetSupport: value('simple') }),
  deregistrationProtection: ({ deregistrationProtection }) => ({
    DeregistrationProtection: value(deregistrationProtection?.state ?? 'disabled'),
  }),
  kernel: () => ({ KernelId: {} }),
  ramdisk: () => ({ RamdiskId: {} }),
  tpmSupport: () => ({ TpmSupport: {} }),
  uefiData: () => ({ UefiData: {} }),
  lastLaunchedTime: () => ({ LastLaunchedTime: {} }),
}

function value(text: string | undefined): { Value?: string } {
  return text === undefined || text === '' ? {} : { Value: text }
}

export function describeImageAttribute(
  { ImageId, Attribute: attribute }: DescribeImageAttributeRequest,
  scope: Scope,
): ImageAttribute {
  const image = ownImage(scope, ImageId)
  if (attribute === undefined) throw missingParameter('Attribute')
  if (attribute === 'blockDeviceMapping') {
    throw new AwsError('AuthFailure', 'Unauthorized attempt to access restricted resource', 403)
  }
  const answer = Object.hasOwn(answers, attribute) ? answers[attribute] : undefined
  if (!answer) throw invalidAttribute(attribute)
  return { ImageId: image.imageId, ...answer(image) }
}

/** One attribute for each request, named by its own parameter or by Attribute and Value. */
export function modifyImageAttribute(input: ModifyImageAttributeRequest, scope: Scope): undefined {
  const image = ownImage(scope, input.ImageId)
  if (imageStateOf(image, scope.now) !== 'available') {
    throw new AwsError('InvalidAMIID.Unavailable', `The image ID '${image.imageId}' is not available`)
  }
  const attribute = input.Attribute ?? namedAttribute(input)
  switch (attribute) {
    case undefined:
      throw new AwsError('InvalidParameterCombination', 'No attributes specified.')
    case 'description':
      image.description = input.Description?.Value ?? input.Value ?? ''
      return
    case 'launchPermission':
      changeLaunchPermissions(image, input)
      return
    case 'productCodes':
      // They cannot be taken away again (EC2 User Guide, "AMI product codes").
      image.productCodes = [...new Set([...(image.productCodes ?? []), ...(input.ProductCodes ?? [])])]
      return
    case 'imdsSupport':
      setImdsSupport(image, input.ImdsSupport?.Value ?? input.Value)
      return
    default:
      throw invalidAttribute(attribute)
  }
}

function namedAttribute(input: ModifyImageAttributeRequest): ImageAttributeName | undefined {
  const named: ImageAttributeName[] = []
  if (input.Description !== undefined) named.push('description')
  if (namesLaunchPermissions(input)) named.push('launchPermission')
  if (input.ProductCodes !== undefined) named.push('productCodes')
  if (input.ImdsSupport !== undefined) named.push('imdsSupport')
  if (named.length <= 1) return named[0]
  throw new AwsError(
    'InvalidParameterCombination',
    `Fields for multiple attribute types specified: ${named.join(', ')}`,
  )
}

/** EC2 User Guide, "Configure the AMI": there is no way back from v2.0. */
function setImdsSupport(image: Image, wanted: string | undefined): void {
  if (wanted !== 'v2.0') {
    throw invalidParameterValue(
      `Value (${wanted ?? ''}) for parameter imdsSupport is invalid. Expected: 'v2.0'.`,
    )
  }
  image.imdsSupport = wanted
}

function invalidAttribute(attribute: string): AwsError {
  return invalidParameterValue(`Value (${attribute}) for parameter attribute is invalid.`)
}
