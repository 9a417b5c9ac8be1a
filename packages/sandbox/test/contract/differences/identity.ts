import type { Difference } from '../difference.ts'

export const identityDifferences: Difference[] = [
  {
    at: ['identity: who am I'],
    sandbox: '["123456789012","arn:aws:iam::123456789012:user"]',
    moto: '["123456789012","arn:aws:sts::123456789012:user"]',
    right: 'sandbox',
    aws: 'The ARN of a user is one of IAM, as in arn:aws:iam::123456789012:user/Alice; STS has those of assumed roles and federated users.',
    page: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html',
  },
]
