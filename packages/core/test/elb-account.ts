import { PackageError } from '../src/errors.ts'
import type {
  AwsListener,
  AwsLoadBalancer,
  AwsTargetGroup,
  LoadBalancers,
} from '../src/ports/cloud/load-balancers.ts'

/** What a call throws at which the process dies. */
export class Killed extends Error {}

/** What is there, and what goes wrong. */
export interface Account {
  balancers: Map<string, AwsLoadBalancer>
  listeners: Map<string, AwsListener & { balancer: string }>
  groups: Map<string, AwsTargetGroup>
  calls: number
  /** The process dies before the call of that number, or after it. */
  killAt: { call: number; isDone: boolean } | undefined
  /** What load balancers become. */
  setUp: 'active' | 'failed'
  /** How many more lists leave out what was made. */
  unlisted: number
  /** Until how many more lists, but one, a load balancer that is deleted stays. */
  lingering: number
  /** How many more deletions of target groups find them in use. */
  inUse: number
}

/** An empty account in which nothing goes wrong. */
export function newAccount(): Account {
  const maps = { balancers: new Map(), listeners: new Map(), groups: new Map() }
  return { ...maps, calls: 0, killAt: undefined, setUp: 'active', unlisted: 0, lingering: 0, inUse: 0 }
}

const conflict = (code: string) => new PackageError('conflict', code, code)

/** ELBv2 of one account, as strict as AWS. */
export function elb(account: Account): LoadBalancers {
  const { balancers, listeners, groups } = account
  const of = <T>(map: Map<string, T>, arn: string): T => {
    const found = map.get(arn)
    if (found === undefined) throw new Error(`${arn} is not there`)
    return found
  }
  const listed = <T>(found: T[]): T[] => {
    if (account.unlisted === 0) return structuredClone(found)
    account.unlisted -= 1
    return []
  }
  const refuseSecond = (code: string, isThere: boolean) => {
    if (isThere) throw conflict(code)
  }
  const known = (target: string) => of(groups, target).arn
  const strict: { [K in keyof LoadBalancers]: (...args: Parameters<LoadBalancers[K]>) => unknown } = {
    loadBalancersNamed: (names) => {
      const found = listed([...balancers.values()].filter(({ name }) => names.includes(name)))
      for (const each of balancers.values()) each.state = account.setUp
      if (account.lingering > 0) account.lingering -= 1
      if (account.lingering === 1) balancers.clear()
      return found
    },
    createLoadBalancer: (balancer) => {
      const arn = `arn:lb/${balancer.name}`
      refuseSecond('LOAD_BALANCER_EXISTS', balancers.has(arn))
      const made = {
        ...balancer,
        arn,
        state: 'provisioning',
        dnsName: `${balancer.name}.test`,
        vpcId: 'vpc-1',
      }
      balancers.set(arn, made)
      return { ...made }
    },
    setLoadBalancerSubnets: (arn, ids) => void (of(balancers, arn).subnetIds = [...ids]),
    setLoadBalancerSecurityGroups: (arn, ids) => void (of(balancers, arn).securityGroupIds = [...ids]),
    deleteLoadBalancer: (arn) => {
      if (account.lingering === 0) balancers.delete(arn)
      for (const [id, { balancer }] of listeners) if (balancer === arn) listeners.delete(id)
    },
    listeners: (arn) => structuredClone([...listeners.values()].filter(({ balancer }) => balancer === arn)),
    createListener: (balancer, listener) => {
      const arn = `${of(balancers, balancer).arn}/${String(listener.port)}`
      refuseSecond('LISTENER_EXISTS', listeners.has(arn))
      listeners.set(arn, { ...listener, targetGroupArn: known(listener.targetGroupArn), arn, balancer })
    },
    modifyListener: (arn, listener) => {
      const { balancer } = of(listeners, arn)
      listeners.set(arn, { ...listener, targetGroupArn: known(listener.targetGroupArn), arn, balancer })
    },
    deleteListener: (arn) => void listeners.delete(arn),
    targetGroupsNamedLike: (prefix) =>
      listed([...groups.values()].filter(({ name }) => name.startsWith(prefix))),
    existingTargetGroups: (arns) => arns.filter((arn) => groups.has(arn)),
    createTargetGroup: (group) => {
      const arn = `arn:tg/${group.name}`
      refuseSecond('TARGET_GROUP_EXISTS', groups.has(arn))
      groups.set(arn, { ...group, arn, loadBalancerArns: [] })
      return { ...group, arn, loadBalancerArns: [] }
    },
    setTargetGroupHealthCheck: (arn, check) => void (of(groups, arn).healthCheck = check),
    setTargetGroupDrain: (arn, seconds) => void (of(groups, arn).drain = seconds),
    deleteTargetGroup: (arn) => {
      account.inUse -= 1
      const isUsed = [...listeners.values()].some(({ targetGroupArn, idleTargetGroupArns = [] }) =>
        [targetGroupArn, ...idleTargetGroupArns].includes(arn),
      )
      refuseSecond('TARGET_GROUP_IN_USE', isUsed || account.inUse >= 0)
      groups.delete(arn)
    },
    targetHealth: () => [],
  }
  const called = Object.entries(strict).map(([name, method]) => {
    const call = async (...args: unknown[]) => {
      await Promise.resolve()
      account.calls += 1
      const { killAt, calls } = account
      if (killAt?.call === calls && !killAt.isDone) throw new Killed()
      const answer: unknown = (method as (...given: unknown[]) => unknown)(...structuredClone(args))
      if (killAt?.call === calls) throw new Killed()
      return answer
    }
    return [name, call]
  })
  return Object.fromEntries(called) as LoadBalancers
}

/** What is there, whatever order it was made in. */
export const snapshot = ({ balancers, listeners, groups }: Account) =>
  structuredClone([balancers, listeners, groups].map((map) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))))
