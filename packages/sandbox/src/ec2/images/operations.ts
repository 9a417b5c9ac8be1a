import {
  CreateImage$,
  DeregisterImage$,
  DescribeImages$,
  DisableImageDeregistrationProtection$,
  EnableImageDeregistrationProtection$,
  type CreateImageRequest,
  type CreateImageResult,
  type DeregisterImageRequest,
  type DeregisterImageResult,
  type DescribeImagesRequest,
  type DescribeImagesResult,
  type DisableImageDeregistrationProtectionRequest,
  type DisableImageDeregistrationProtectionResult,
  type EnableImageDeregistrationProtectionRequest,
  type EnableImageDeregistrationProtectionResult,
} from '@aws-sdk/client-ec2'

import { operation, type Operation } from '../../operation.ts'
import { createImage } from './create-image.ts'
import { deregisterImage } from './deregister-image.ts'
import {
  disableImageDeregistrationProtection,
  enableImageDeregistrationProtection,
} from './deregistration-protection.ts'
import { describeImages } from './describe-images.ts'

export const imageOperations: Operation[] = [
  operation<DescribeImagesRequest, DescribeImagesResult>(DescribeImages$, describeImages),
  operation<CreateImageRequest, CreateImageResult>(CreateImage$, createImage),
  operation<DeregisterImageRequest, DeregisterImageResult>(DeregisterImage$, deregisterImage),
  operation<EnableImageDeregistrationProtectionRequest, EnableImageDeregistrationProtectionResult>(
    EnableImageDeregistrationProtection$,
    enableImageDeregistrationProtection,
  ),
  operation<DisableImageDeregistrationProtectionRequest, DisableImageDeregistrationProtectionResult>(
    DisableImageDeregistrationProtection$,
    disableImageDeregistrationProtection,
  ),
]
