import { expect, test } from 'vitest'

import { SandboxProject } from './sandbox-project.ts'

const create = ['instance:create', 'cluster', '--key', 'key.pem', '--name', 'one'] as const

/** The errors of AWS that can meet these actions: operation, code, and a word of what to do about it. */
const errors = [
  ['RunInstances', 'InstanceLimitExceeded', 'Service Quotas', 1],
  ['RunInstances', 'VcpuLimitExceeded', 'Service Quotas', 1],
  ['RunInstances', 'IdempotentParameterMismatch', 'another run has begun', 4],
  ['RunInstances', 'InvalidAMIID.NotFound', 'source_ami', 3],
  ['RunInstances', 'Unsupported', 'instance_type', 3],
  ['RunInstances', 'UnauthorizedOperation', 'docs/iam.md', 1],
  ['AllocateAddress', 'AddressLimitExceeded', 'elastic IP', 1],
  ['DescribeInstances', 'RequestExpired', 'log in again', 1],
  ['DescribeInstances', 'ExpiredToken', 'log in again', 1],
  ['DescribeInstances', 'AuthFailure', 'AWS_PROFILE', 1],
  ['DescribeInstances', 'InvalidClientTokenId', 'AWS_PROFILE', 1],
  ['DescribeInstances', 'SignatureDoesNotMatch', 'clock', 1],
  ['DescribeInstances', 'OptInRequired', 'sign-up', 1],
  ['CreateSecurityGroup', 'SecurityGroupLimitExceeded', 'Service Quotas', 1],
  ['AuthorizeSecurityGroupIngress', 'RulesPerSecurityGroupLimitExceeded', 'Service Quotas', 1],
  ['ImportKeyPair', 'InvalidKey.Format', 'ED25519', 3],
] as const

test.each(errors)('%s answers %s: the message says what to do', (operation, code, advice, exit) => {
  const project = new SandboxProject()
  const fault = { kind: 'error', code, message: `made up for a test: ${code}` }
  const failed = project.runWithFaults({ rules: [{ operation, fault }] }, ...create)
  expect(failed.err).toContain(code)
  expect(failed.err).toContain(advice)
  expect(failed.exit).toBe(exit)
})

test('an instance profile that AWS does not know is named as such', () => {
  const project = new SandboxProject()
  const message =
    'Value (bee) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name'
  const rules = [
    { operation: 'RunInstances', fault: { kind: 'error', code: 'InvalidParameterValue', message } },
  ]
  const failed = project.runWithFaults({ rules }, ...create)
  expect(failed.exit).toBe(3)
  expect(failed.err).toContain('correct iam_instance_profile')
})

test('without credentials, the ways to some are named', () => {
  const project = new SandboxProject()
  const environment = { HOME: project.folder, AWS_EC2_METADATA_DISABLED: 'true', AWS_ACCESS_KEY_ID: '' }
  const failed = project.runWith(environment, 'instance:list')
  expect(failed.exit).toBe(1)
  expect(failed.err).toContain('--profile')
  expect(failed.err).toContain('--sandbox')
})

test('where nothing answers, the run ends and says what to check', { timeout: 300_000 }, () => {
  const project = new SandboxProject()
  const environment = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'y',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const failed = project.runWith(environment, 'instance:list')
  expect(failed.exit).toBe(1)
  expect(failed.err).toContain('AWS_ENDPOINT_URL')
})
