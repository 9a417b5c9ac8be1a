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
]
