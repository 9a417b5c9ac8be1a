import type { Certificate } from '@aws-sdk/client-elastic-load-balancing-v2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { LoadBalancer } from '../load-balancers/load-balancer.ts'
import { checkBounds } from '../target-groups/health-check.ts'
import { unknownToSandbox, validationError } from '../validation-error.ts'
import type { Listener } from './listener.ts'

const protocols = { application: ['HTTPS', 'HTTP'], network: ['TLS', 'TCP', 'TCP_UDP', 'UDP'] } as const

interface GivenListener {
  Port?: number | undefined
  Protocol?: string | undefined
  Certificates?: readonly Certificate[] | undefined
  SslPolicy?: string | undefined
  AlpnPolicy?: string[] | undefined
  MutualAuthentication?: object | undefined
}

type Settings = Pick<Listener, 'port' | 'protocol' | 'certificateArn' | 'sslPolicy' | 'alpnPolicy'>

/**
 * What a listener listens to, as it is given, with what it was before where nothing is given. Throws AwsError for what does
 * not fit the load balancer, and for a port that another listener has.
 */
export function listenerFrom(
  given: GivenListener,
  balancer: LoadBalancer,
  before: Listener | undefined,
  scope: Scope,
): Settings {
  if (given.MutualAuthentication) throw unknownToSandbox('mutual authentication')
  const { Port: port = before?.port, Protocol: protocol = before?.protocol } = given
  if (port === undefined) throw validationError('A listener port must be specified')
  if (protocol === undefined) throw validationError('A listener protocol must be specified')
  checkBounds('port', port, 1, 65_535)
  const allowed: readonly string[] = protocols[balancer.type]
  if (!allowed.includes(protocol)) {
    throw validationError(`Listener protocol '${protocol}' must be one of '${allowed.join(', ')}'`)
  }
  const isTaken = Object.values(scope.state.elbv2.listeners).some(
    (other) => other.arn !== before?.arn && other.loadBalancerArn === balancer.arn && other.port === port,
  )
  if (isTaken) {
    throw new AwsError(
      'DuplicateListener',
      `A listener already exists on this port for this load balancer '${balancer.arn}'`,
    )
  }
  return { port, protocol, ...securityFrom(given, protocol, before) }
}

function securityFrom(
  { Certificates: certificates = [], SslPolicy: policy, AlpnPolicy: alpn }: GivenListener,
  protocol: string,
  before: Listener | undefined,
): Omit<Settings, 'port' | 'protocol'> {
  if (protocol !== 'HTTPS' && protocol !== 'TLS') {
    if (certificates.length > 0 || policy !== undefined) {
      throw validationError(`Certificates and SSL policies cannot be specified for ${protocol} listeners`)
    }
    return {}
  }
  const certificateArn = certificateFrom(certificates, protocol, before)
  if (policy !== undefined && !policy.startsWith('ELBSecurityPolicy-')) {
    throw new AwsError('SSLPolicyNotFound', `SSL policy '${policy}' not found`)
  }
  const alpnPolicy = alpn ?? before?.alpnPolicy
  return {
    certificateArn,
    // API Reference, CreateListener: the usual one of the API.
    sslPolicy: policy ?? before?.sslPolicy ?? 'ELBSecurityPolicy-2016-08',
    ...(alpnPolicy && { alpnPolicy }),
  }
}

/** There is no certificate manager in the sandbox: it takes every ARN that is one of a certificate. Throws AwsError. */
function certificateFrom(
  certificates: readonly Certificate[],
  protocol: string,
  before: Listener | undefined,
): string {
  if (certificates.length > 1) {
    throw new AwsError('TooManyCertificates', 'Exactly one certificate can be specified as the default one')
  }
  const arn = certificates[0]?.CertificateArn ?? before?.certificateArn
  if (arn === undefined) throw validationError(`A certificate must be specified for ${protocol} listeners`)
  if (/^arn:aws:(acm:[^:]*:\d{12}:certificate|iam::\d{12}:server-certificate)\/./.test(arn)) return arn
  throw new AwsError('CertificateNotFound', `Certificate '${arn}' not found`)
}
