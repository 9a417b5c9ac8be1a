import { apiPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const networkDifferences: Difference[] = [
  {
    at: ['VPCs and subnets: create a VPC'],
    sandbox: '["10.0.0.0/16","pending",false]',
    moto: '["10.0.0.0/16","available",false]',
    right: 'sandbox',
    aws: 'The state is pending in the example of an answer to CreateVpc.',
    page: apiPage('CreateVpc'),
  },
]
