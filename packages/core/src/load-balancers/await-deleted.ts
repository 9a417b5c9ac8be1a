import { PackageError } from '../errors.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { LoadBalancers } from '../ports/cloud/load-balancers.ts'

/** In milliseconds; it takes seconds. */
const longest = 300_000

/** Until AWS lists no load balancer of that name. Throws PackageError (timeout). */
export async function awaitDeleted(
  { cloud, clock }: { cloud: Pick<LoadBalancers, 'loadBalancersNamed'>; clock: Clock },
  name: string,
): Promise<void> {
  await waitUntil({
    clock,
    longest,
    look: async () => ((await cloud.loadBalancersNamed([name])).length === 0 ? true : undefined),
    tooLate: () =>
      new PackageError(
        'timeout',
        'LOAD_BALANCER_STAYS',
        `AWS still lists ${name} minutes after its deletion`,
        {
          hint: 'run the same command again',
        },
      ),
  })
}
