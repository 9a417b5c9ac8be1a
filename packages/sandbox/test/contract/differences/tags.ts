import { apiPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const tagDifferences: Difference[] = [
  {
    at: ['tags: a reserved key'],
    sandbox: 'InvalidParameterValue',
    moto: 'ok',
    right: 'sandbox',
    aws: 'The aws: prefix is reserved for AWS use. If a tag has a tag key with this prefix, then you can’t edit or delete the tag’s key or value.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html',
  },
  {
    at: ['tags: tags of something else while creating'],
    sandbox: 'InvalidParameterValue',
    moto: 'ok',
    right: 'sandbox',
    aws: 'resourceType: The type of resource to tag on creation. (That of CreateVpc is a VPC, and no subnet is made.)',
    page: apiPage('TagSpecification'),
  },
]
