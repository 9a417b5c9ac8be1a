import { createHash } from 'node:crypto'

import type { LoadBalancer } from '../src/groups/node-group.ts'
import { carryOutLoadBalancer } from '../src/load-balancers/carry-out-load-balancer.ts'
import { loadBalancerNames } from '../src/load-balancers/load-balancer-names.ts'
import { planLoadBalancer, type LoadBalancerPlan } from '../src/load-balancers/plan-load-balancer.ts'
import { readLoadBalancer } from '../src/load-balancers/read-load-balancer.ts'
import { wantedLoadBalancer } from '../src/load-balancers/wanted-load-balancer.ts'
import { type Account, elb } from './elb-account.ts'
import { virtualClock } from './virtual-clock.ts'

const everything = ({ additions, listenerChanges, removals }: LoadBalancerPlan) => [
  ...additions,
  ...listenerChanges,
  ...removals,
]

/** What work on the load balancer of the group `www` of the project `hive` needs, in this account. */
export async function workOn(account: Account, declared: LoadBalancer | false) {
  const fields = { load_balancer: declared }
  const owner = { project: 'hive', environment: undefined }
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  const names = await loadBalancerNames(owner, { name: 'www', own: fields, fields }, digest)
  const report = () => undefined
  return { cloud: elb(account), clock: virtualClock(), report, names }
}

/** Carries out all steps, or those that are asked for; gives also what is left to do. */
export async function apply(account: Account, declared: LoadBalancer, stepsOf = everything) {
  const work = await workOn(account, declared)
  const place = { vpcId: 'vpc-1', subnetIds: ['subnet-a', 'subnet-b'], securityGroupIds: ['sg-1'] }
  const wanted = wantedLoadBalancer(declared, work.names, place)
  const result = await carryOutLoadBalancer(work, wanted, stepsOf)
  return {
    ...result,
    left: everything(planLoadBalancer(wanted, await readLoadBalancer(work.cloud, work.names))),
  }
}

/** A load balancer with everything that can be declared, for a test to arrive at. */
export const after: LoadBalancer = {
  listeners: [
    { port: 80, protocol: 'http', target_port: 3000 },
    { port: 443, protocol: 'https', target_port: 3000, certificate: 'cert' },
  ],
  health_check: { path: '/status' },
  drain: 60,
}
