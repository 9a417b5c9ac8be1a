import type { Advice, AdviceRule } from './advice-rule.ts'
import { balancingAdvice } from './balancing-advice.ts'
import { bucketAdvice } from './bucket-advice.ts'
import { scalingAdvice } from './scaling-advice.ts'

/** What to do about the errors of AWS that an operator meets; the first that fits (codes: EC2 API Reference, "Error codes"). */
const rules: readonly AdviceRule[] = [
  ...scalingAdvice,
  ...balancingAdvice,
  ...bucketAdvice,
  {
    codes:
      /^(RequestLimitExceeded|Throttling|ThrottlingException|EC2ThrottledException|TooManyRequestsException)$/,
    kind: 'system',
    code: 'THROTTLED',
    hint: 'other calls use up the limit of this account and region: wait a minute and run the same command again, or ask for a higher limit in Service Quotas',
  },
  {
    codes: /^InsufficientInstanceCapacity$/,
    kind: 'system',
    code: 'INSUFFICIENT_CAPACITY',
    hint: 'AWS has no machine of that type there now: name another --zone, another instance_type, or try later',
  },
  {
    codes: /^(InstanceLimitExceeded|VcpuLimitExceeded|MaxSpotInstanceCountExceeded)$/,
    kind: 'system',
    code: 'QUOTA',
    hint: 'delete instances that are not needed, or ask for more "Running On-Demand" vCPUs in Service Quotas',
  },
  {
    codes: /^AddressLimitExceeded$/,
    kind: 'system',
    code: 'QUOTA',
    hint: 'release elastic IPs that are not needed, or ask for more "EC2-VPC Elastic IPs" in Service Quotas',
  },
  {
    codes:
      /^(SecurityGroupLimitExceeded|RulesPerSecurityGroupLimitExceeded|SecurityGroupsPerInterfaceLimitExceeded|SecurityGroupsPerInstanceLimitExceeded)$/,
    kind: 'system',
    code: 'QUOTA',
    hint: 'name fewer groups or rules in nodes.json (a wider CIDR is one rule), or ask for more in Service Quotas, "VPC"',
  },
  {
    codes: /^(InvalidParameterValue|ValidationError)$/,
    message: /iam ?instance ?profile/i,
    kind: 'config',
    code: 'INSTANCE_PROFILE',
    hint: 'correct iam_instance_profile in nodes.json; a profile made a moment ago takes up to two minutes to be known everywhere',
  },
  {
    codes: /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    kind: 'system',
    code: 'CREDENTIALS_EXPIRED',
    hint: 'log in again (aws sso login, or new temporary credentials) and run the same command: it goes on where it stopped',
  },
  {
    codes: /^(AuthFailure|InvalidClientTokenId|UnrecognizedClientException|MissingAuthenticationToken)$/,
    kind: 'system',
    code: 'CREDENTIALS_REFUSED',
    hint: 'AWS does not know these credentials: check --profile, AWS_PROFILE and AWS_ACCESS_KEY_ID, and that the region is enabled',
  },
  {
    codes: /^(SignatureDoesNotMatch|InvalidSignatureException|RequestTimeTooSkewed)$/,
    kind: 'system',
    code: 'CREDENTIALS_REFUSED',
    hint: "the secret key is wrong, or this machine's clock is: compare it with `date -u`",
  },
  {
    codes: /^(UnauthorizedOperation|AccessDenied|AccessDeniedException)$/,
    kind: 'system',
    code: 'NOT_ALLOWED',
    hint: 'the policy that each action needs is in docs/iam.md',
  },
  {
    codes: /^(CredentialsProviderError|TokenProviderError)$/,
    kind: 'system',
    code: 'CREDENTIALS_MISSING',
    hint: 'name a --profile, log in (aws sso login, aws configure), or try it without an account: --sandbox',
  },
  {
    codes:
      /^(TimeoutError|ETIMEDOUT|ECONNRESET|ECONNREFUSED|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/,
    kind: 'system',
    code: 'UNREACHABLE',
    hint: 'check the network, the region and AWS_ENDPOINT_URL; running the same command again goes on where it stopped',
  },
  {
    codes: /^InvalidKeyPair\.Duplicate$/,
    kind: 'conflict',
    code: 'KEY_PAIR_EXISTS',
    hint: 'run the same command again',
  },
  {
    codes: /^InvalidKeyPair\.NotFound$/,
    kind: 'conflict',
    code: 'KEY_PAIR_GONE',
    hint: 'it was deleted meanwhile: run the same command again, which imports it',
  },
  {
    codes: /^Resource\.AlreadyAssociated$/,
    kind: 'conflict',
    code: 'ADDRESS_TAKEN',
    hint: 'another run gave it an elastic IP at the same time: run the same command again',
  },
  {
    codes: /^InvalidAllocationID\.NotFound$/,
    kind: 'conflict',
    code: 'ADDRESS_GONE',
    hint: 'another run released the elastic IP at the same time: run the same command again',
  },
  {
    codes: /^IdempotentInstanceTerminated$/,
    kind: 'conflict',
    code: 'LAUNCH_CHANGED',
    hint: 'the same launch was made and terminated a moment ago: wait a minute and run the same command again',
  },
  {
    codes: /^InvalidKey\.Format$/,
    kind: 'config',
    code: 'KEY_FORMAT',
    hint: 'EC2 takes RSA and ED25519 keys: ssh-keygen -t ed25519 -f key.pem',
  },
  {
    codes: /^InvalidGroup\.Duplicate$/,
    kind: 'conflict',
    code: 'SECURITY_GROUP_EXISTS',
    hint: 'run the same command again',
  },
  {
    codes: /^OperationNotPermitted$/,
    message: /disableApiTermination/,
    kind: 'conflict',
    code: 'TERMINATION_PROTECTED',
    hint: 'set termination_protection to false in nodes.json if it is meant to go',
  },
  {
    codes: /^IdempotentParameterMismatch$/,
    kind: 'conflict',
    code: 'LAUNCH_CHANGED',
    hint: 'another run has begun this launch, in another zone for example: package instance:list shows what it makes; the same command goes on from there',
  },
  {
    codes: /^InvalidInstanceID\.NotFound$/,
    kind: 'system',
    code: 'INSTANCE_GONE',
    hint: 'it was terminated meanwhile, or AWS does not show it yet: run the same command again',
  },
  {
    codes: /^InvalidAMIID\.(NotFound|Malformed|Unavailable)$/,
    kind: 'config',
    code: 'IMAGE_MISSING',
    hint: 'an AMI belongs to one region and may be gone: correct source_ami or --ami, or use {owner, name} for the newest',
  },
  {
    codes: /^InvalidSnapshot\.NotFound$/,
    kind: 'config',
    code: 'SNAPSHOT_MISSING',
    hint: 'correct the snapshot of block_devices in nodes.json: it must exist in this region',
  },
  {
    codes: /^Invalid(Group|GroupId|SecurityGroupID)\.(NotFound|Malformed)$/,
    kind: 'system',
    code: 'SECURITY_GROUP_GONE',
    hint: 'it was deleted meanwhile: package security:sync makes it again',
  },
  {
    codes: /^Invalid(Vpc|Subnet)ID\.(NotFound|Malformed)$/,
    kind: 'config',
    code: 'NETWORK_MISSING',
    hint: 'correct vpc and subnets in nodes.json: they must exist in this region and account',
  },
  {
    codes: /^(Unsupported|InvalidBlockDeviceMapping)$/,
    kind: 'config',
    code: 'LAUNCH_REFUSED',
    hint: 'correct the field that AWS names: instance_type, block_devices, zones and the architecture of source_ami must fit together',
  },
  {
    codes: /^(InvalidParameterCombination|InvalidParameterValue)$/,
    kind: 'config',
    code: 'VALUE_REFUSED',
    hint: 'correct what AWS names: a field of the group in nodes.json (instance_type, block_devices, zones, source_ami), or an option',
  },
  {
    codes: /^(OptInRequired|PendingVerification|Blocked)$/,
    kind: 'system',
    code: 'ACCOUNT',
    hint: 'the account is not ready for this service: finish its sign-up, or ask AWS Support',
  },
  {
    codes: /^DependencyViolation$/,
    kind: 'conflict',
    code: 'IN_USE',
    hint: 'something still uses it: delete that first, then run the same command again',
  },
  {
    codes: /^(InternalError|InternalFailure|ServiceUnavailable|Unavailable)$/,
    kind: 'system',
    code: 'AWS_FAILED',
    hint: 'the failure is on the side of AWS: run the same command again in a few minutes',
  },
]

export function advice(code: string, message: string): Advice | undefined {
  return rules.find((rule) => rule.codes.test(code) && (rule.message?.test(message) ?? true))
}
