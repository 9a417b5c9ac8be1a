import { randomBytes } from 'node:crypto'

import type {
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { newArn } from '../new-arn.ts'
import { tagOnCreate } from '../tags/tags.ts'
import { checkName, required, unknownToSandbox, validationError } from '../validation-error.ts'
import { securityGroupsFrom, subnetsFrom } from './given-network.ts'
import { shownLoadBalancer } from './load-balancer-answer.ts'
import type { LoadBalancer } from './load-balancer.ts'

/** User Guide, "Quotas": load balancers of each type per region. */
const mostLoadBalancers = 50

/** API Reference, CreateLoadBalancer: "This operation is idempotent", as long as the settings are the same. */
export function createLoadBalancer(input: CreateLoadBalancerInput, scope: Scope): CreateLoadBalancerOutput {
  const settings = settingsFrom(input, scope)
  const { loadBalancers } = scope.state.elbv2
  const known = Object.values(loadBalancers).find(({ name }) => name === settings.name)
  if (known) {
    if (isSame(known, settings)) return { LoadBalancers: [shownLoadBalancer(known, scope)] }
    throw new AwsError(
      'DuplicateLoadBalancerName',
      `A load balancer with the same name '${known.name}' exists, but with different settings`,
    )
  }
  if (Object.values(loadBalancers).filter(({ type }) => type === settings.type).length >= mostLoadBalancers) {
    throw new AwsError('TooManyLoadBalancers', 'The maximum number of load balancers has been reached.')
  }
  const path = `loadbalancer/${settings.type === 'application' ? 'app' : 'net'}/${settings.name}`
  const arn = newArn(scope, path)
  const balancer: LoadBalancer = {
    ...settings,
    arn,
    dnsName: dnsNameOf(settings, arn, scope),
    createdAt: scope.now,
    activeAt: scope.now + scope.times.loadBalancer * 1000,
    attributes: {},
  }
  tagOnCreate(scope, arn, input.Tags)
  loadBalancers[arn] = balancer
  scope.consistency.created(arn)
  return { LoadBalancers: [shownLoadBalancer(balancer, scope)] }
}

type Settings = Pick<
  LoadBalancer,
  'name' | 'type' | 'scheme' | 'vpcId' | 'subnets' | 'securityGroupIds' | 'ipAddressType'
>

function settingsFrom(input: CreateLoadBalancerInput, scope: Scope): Settings {
  const name = required(input.Name, 'name')
  checkName(name, 'Load balancer')
  if (name.startsWith('internal-')) {
    throw validationError(`Load balancer name '${name}' cannot begin with 'internal-'`)
  }
  const { Type: type = 'application', Scheme: scheme = 'internet-facing', IpAddressType = 'ipv4' } = input
  if (type !== 'application' && type !== 'network') throw unknownToSandbox(`type ${type}`)
  if (scheme !== 'internet-facing' && scheme !== 'internal') {
    throw new AwsError(
      'InvalidScheme',
      `Scheme '${String(scheme)}' must be one of 'internal, internet-facing'`,
    )
  }
  const places = subnetsFrom(input, type, scope)
  const securityGroupIds = securityGroupsFrom(input.SecurityGroups, { ...places, type }, scope)
  return { name, type, scheme, ...places, securityGroupIds, ipAddressType: IpAddressType }
}

function isSame(known: LoadBalancer, given: Settings): boolean {
  const textOf = ({ type, scheme, subnets, securityGroupIds, ipAddressType }: Settings) =>
    JSON.stringify([
      type,
      scheme,
      ipAddressType,
      subnets.map(({ subnetId }) => subnetId).sort(),
      [...securityGroupIds].sort(),
    ])
  return textOf(known) === textOf(given)
}

function dnsNameOf({ name, type, scheme }: Settings, arn: string, { region }: Scope): string {
  if (type === 'network') return `${name}-${arn.slice(-16)}.elb.${region}.amazonaws.com`
  const number = String(1_000_000_000 + (randomBytes(4).readUInt32BE() % 1_000_000_000))
  const prefix = scheme === 'internal' ? 'internal-' : ''
  return `${prefix}${name}-${number}.${region}.elb.amazonaws.com`
}
