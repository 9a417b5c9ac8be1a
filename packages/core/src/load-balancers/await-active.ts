import { PackageError } from '../errors.ts'
import { progress } from '../plan/progress.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { AwsLoadBalancer, LoadBalancers } from '../ports/cloud/load-balancers.ts'
import type { Report } from '../ports/report.ts'

/** In milliseconds; it takes two minutes or three. */
const longest = 900_000

/** `active_impaired` serves, though it cannot grow (ELBv2 API Reference, LoadBalancerState). */
const serving: ReadonlySet<string> = new Set(['active', 'active_impaired'])

export function isServing({ state }: AwsLoadBalancer): boolean {
  return serving.has(state)
}

/** Until a load balancer serves. Throws PackageError: system where AWS could not make it, timeout. */
export async function awaitActive(
  {
    cloud,
    clock,
    report,
  }: { cloud: Pick<LoadBalancers, 'loadBalancersNamed'>; clock: Clock; report: Report },
  group: string,
  name: string,
): Promise<AwsLoadBalancer> {
  const tell = progress(report, group)
  let state = 'not listed'
  return waitUntil({
    clock,
    longest,
    look: async () => {
      const [found] = await cloud.loadBalancersNamed([name])
      if (found === undefined) return undefined
      if (isServing(found)) return found
      if (found.state === 'failed') throw failed(group, found)
      state = found.state
      tell(`load balancer ${name} is ${state}`)
      return undefined
    },
    tooLate: () =>
      new PackageError(
        'timeout',
        'LOAD_BALANCER_STATE',
        `the load balancer ${name} is ${state} after 15 minutes`,
        {
          hint: 'run the same command again, which waits on',
        },
      ),
  })
}

function failed(group: string, { name, arn }: AwsLoadBalancer): PackageError {
  return new PackageError(
    'system',
    'LOAD_BALANCER_FAILED',
    `AWS could not set up the load balancer ${name} of ${group}`,
    {
      hint: `aws elbv2 delete-load-balancer --load-balancer-arn ${arn}, then run the same command again`,
    },
  )
}
