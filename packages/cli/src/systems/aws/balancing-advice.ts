import type { AdviceRule } from './advice-rule.ts'

/** Of load balancers, listeners and target groups (API Reference of Elastic Load Balancing, by action). */
export const balancingAdvice: readonly AdviceRule[] = [
  {
    codes: /^ResourceInUse$/,
    kind: 'conflict',
    code: 'IN_USE',
    hint: 'a listener still forwards to it: wait a minute and run the same command again',
  },
  {
    codes: /^DuplicateTargetGroupName$/,
    kind: 'conflict',
    code: 'TARGET_GROUP_EXISTS',
    hint: 'another run has made it at the same time: run the same command again',
  },
  {
    codes: /^DuplicateLoadBalancerName$/,
    kind: 'conflict',
    code: 'LOAD_BALANCER_EXISTS',
    hint: 'another run has made it at the same time: run the same command again',
  },
  {
    codes: /^DuplicateListener$/,
    kind: 'conflict',
    code: 'LISTENER_EXISTS',
    hint: 'another run has made one for that port at the same time: run the same command again',
  },
  {
    codes: /^CertificateNotFound$/,
    kind: 'config',
    code: 'CERTIFICATE_MISSING',
    hint: 'correct the certificate of load_balancer.listeners in nodes.json: it must exist in this region',
  },
  {
    codes: /^TooMany(LoadBalancers|TargetGroups|Listeners)$/,
    kind: 'system',
    code: 'QUOTA',
    hint: 'delete load balancers that are not needed, or ask for more in Service Quotas, "Elastic Load Balancing"',
  },
]
