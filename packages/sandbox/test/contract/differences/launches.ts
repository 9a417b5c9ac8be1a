import { apiPage, errorCodes } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

const refused = (name: string) => `launches that are refused: ${name}`

export const launchDifferences: Difference[] = [
  {
    at: ['instances launched together: run as many as possible'],
    sandbox: '2',
    moto: '1',
    right: 'sandbox',
    aws: 'MaxCount: If you specify a value that is more capacity than Amazon EC2 can launch in the target Availability Zone, Amazon EC2 launches the largest possible number of instances above the specified minimum count.',
    page: apiPage('RunInstances'),
  },
  {
    at: ['client tokens: run again'],
    sandbox: 'true',
    moto: 'false',
    right: 'sandbox',
    aws: 'ClientToken: Unique, case-sensitive identifier you provide to ensure the idempotency of the request.',
    page: apiPage('RunInstances'),
  },
  {
    at: ['client tokens: run something else with it'],
    sandbox: 'IdempotentParameterMismatch',
    moto: 'ok',
    right: 'sandbox',
    aws: 'IdempotentParameterMismatch: The request uses the same client token as a previous, but non-identical request.',
    page: errorCodes,
  },
  {
    at: [refused('a missing image')],
    sandbox: 'InvalidAMIID.NotFound',
    moto: 'ok',
    right: 'sandbox',
    aws: 'InvalidAMIID.NotFound: The specified AMI doesn’t exist.',
    page: errorCodes,
  },
  {
    at: [refused('no image id')],
    sandbox: 'InvalidAMIID.Malformed',
    moto: 'ok',
    right: 'sandbox',
    aws: 'InvalidAMIID.Malformed: The specified AMI ID is malformed.',
    page: errorCodes,
  },
  {
    at: [refused('a missing key')],
    sandbox: 'InvalidKeyPair.NotFound',
    moto: 'ok',
    right: 'sandbox',
    aws: 'InvalidKeyPair.NotFound: The specified key pair name does not exist.',
    page: errorCodes,
  },
  {
    at: [refused('a missing type'), refused('less than none'), refused('less than at least')],
    sandbox: 'InvalidParameterValue',
    moto: 'ok',
    right: 'sandbox',
    aws: 'InvalidParameterValue: A value specified in a parameter is not valid, is unsupported, or cannot be used. (MinCount: Between 1 and the quota for the specified instance type.)',
    page: errorCodes,
  },
  {
    at: [refused('an unknown tag type')],
    sandbox: 'InvalidParameterValue',
    moto: 'ok',
    right: 'sandbox',
    aws: 'TagSpecification.N: You can specify tags for the following resources only: Instances, Volumes, Spot Instance requests, Network interfaces.',
    page: apiPage('RunInstances'),
  },
]
