import {
  CopyImage$,
  CreateImage$,
  DeregisterImage$,
  DescribeImageAttribute$,
  DescribeImages$,
  DisableImageDeprecation$,
  DisableImageDeregistrationProtection$,
  EnableImageDeprecation$,
  EnableImageDeregistrationProtection$,
  ModifyImageAttribute$,
  RegisterImage$,
  ResetImageAttribute$,
  type CopyImageRequest,
  type CopyImageResult,
  type CreateImageRequest,
  type CreateImageResult,
  type DeregisterImageRequest,
  type DeregisterImageResult,
  type DescribeImageAttributeRequest,
  type DescribeImagesRequest,
  type DescribeImagesResult,
  type DisableImageDeprecationRequest,
  type DisableImageDeprecationResult,
  type DisableImageDeregistrationProtectionRequest,
  type DisableImageDeregistrationProtectionResult,
  type EnableImageDeprecationRequest,
  type EnableImageDeprecationResult,
  type EnableImageDeregistrationProtectionRequest,
  type EnableImageDeregistrationProtectionResult,
  type ImageAttribute,
  type ModifyImageAttributeRequest,
  type RegisterImageRequest,
  type RegisterImageResult,
  type ResetImageAttributeRequest,
} from '@aws-sdk/client-ec2'

import { operation, type Operation } from '../../operation.ts'
import { copyImage } from './copy-image.ts'
import { createImage } from './create-image.ts'
import { deregisterImage } from './deregister-image.ts'
import {
  disableImageDeregistrationProtection,
  enableImageDeregistrationProtection,
} from './deregistration-protection.ts'
import { describeImages } from './describe-images.ts'
import { describeImageAttribute, modifyImageAttribute } from './image-attributes.ts'
import { disableImageDeprecation, enableImageDeprecation } from './image-deprecation.ts'
import { resetImageAttribute } from './launch-permissions.ts'
import { registerImage } from './register-image.ts'

export const imageOperations: Operation[] = [
  operation<CopyImageRequest, CopyImageResult>(CopyImage$, copyImage),
  operation<CreateImageRequest, CreateImageResult>(CreateImage$, createImage),
  operation<DeregisterImageRequest, DeregisterImageResult>(DeregisterImage$, deregisterImage),
  operation<DescribeImageAttributeRequest, ImageAttribute>(DescribeImageAttribute$, describeImageAttribute),
  operation<DescribeImagesRequest, DescribeImagesResult>(DescribeImages$, describeImages),
  operation<DisableImageDeprecationRequest, DisableImageDeprecationResult>(
    DisableImageDeprecation$,
    disableImageDeprecation,
  ),
  operation<DisableImageDeregistrationProtectionRequest, DisableImageDeregistrationProtectionResult>(
    DisableImageDeregistrationProtection$,
    disableImageDeregistrationProtection,
  ),
  operation<EnableImageDeprecationRequest, EnableImageDeprecationResult>(
    EnableImageDeprecation$,
    enableImageDeprecation,
  ),
  operation<EnableImageDeregistrationProtectionRequest, EnableImageDeregistrationProtectionResult>(
    EnableImageDeregistrationProtection$,
    enableImageDeregistrationProtection,
  ),
  operation<ModifyImageAttributeRequest, undefined>(ModifyImageAttribute$, modifyImageAttribute),
  operation<RegisterImageRequest, RegisterImageResult>(RegisterImage$, registerImage),
  operation<ResetImageAttributeRequest, undefined>(ResetImageAttribute$, resetImageAttribute),
]
