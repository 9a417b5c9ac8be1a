import { apiPage, errorCodes } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const imageDifferences: Difference[] = [
  {
    at: ['names of images: the same name'],
    sandbox: 'InvalidAMIName.Duplicate',
    moto: 'ok',
    right: 'sandbox',
    aws: 'InvalidAMIName.Duplicate: The specified AMI name is already in use by another AMI.',
    page: errorCodes,
  },
  {
    at: ['names of images: a name too short'],
    sandbox: 'InvalidAMIName.Malformed',
    moto: 'ok',
    right: 'sandbox',
    aws: "Name: Constraints: 3-128 alphanumeric characters, parentheses (()), square brackets ([]), spaces ( ), periods (.), slashes (/), dashes (-), single quotes ('), at-signs (@), or underscores(_).",
    page: apiPage('CreateImage'),
  },
  {
    at: ['registered images: its architecture'],
    sandbox: '"x86_64"',
    moto: 'ok',
    right: 'sandbox',
    aws: 'architecture: The architecture of the image. (moto forgets what RegisterImage says of it.)',
    page: apiPage('Image'),
  },
  {
    at: [
      'DescribeImages: EbsBlockDevice.Encrypted',
      'DescribeImages: EbsBlockDevice.Iops',
      'DescribeImages: EbsBlockDevice.Throughput',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'iops: For gp3, io1, and io2 volumes, this represents the number of IOPS that are provisioned for the volume.',
    page: apiPage('EbsBlockDevice'),
  },
  {
    at: [
      'DescribeImages: Image.DeregistrationProtection',
      'DescribeImages: Image.EnaSupport',
      'DescribeImages: Image.PlatformDetails',
      'DescribeImages: Image.SourceImageId',
      'DescribeImages: Image.SourceImageRegion',
      'DescribeImages: Image.SriovNetSupport',
      'DescribeImages: Image.UsageOperation',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'sourceImageId: The ID of the source AMI from which the AMI was created. deregistrationProtection: Indicates whether deregistration protection is enabled for the AMI. (And likewise the others.)',
    page: apiPage('Image'),
  },
  {
    at: ['DescribeImages: Image.ImageOwnerAlias'],
    sandbox: 'absent',
    moto: 'there',
    right: 'both',
    aws: 'imageOwnerAlias: The owner alias (amazon | aws-backup-vault | aws-marketplace). (An image of Canonical need not have one; that of Amazon Linux has one in the sandbox too.)',
    page: apiPage('Image'),
  },
]
