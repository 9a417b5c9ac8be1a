import { PackageError } from '../errors.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { LoadBalancers } from '../ports/cloud/load-balancers.ts'

/** In milliseconds: AWS may count a listener that is gone for a while. */
const longest = 300_000

/** Deletes a target group once no listener uses it. Throws PackageError: conflict where one goes on to. */
export async function deleteTargetGroup(
  { cloud, clock }: { cloud: Pick<LoadBalancers, 'deleteTargetGroup'>; clock: Clock },
  arn: string,
): Promise<void> {
  let refusal = new PackageError('conflict', 'TARGET_GROUP_IN_USE', `a listener uses ${arn}`)
  await waitUntil({
    clock,
    longest,
    look: async () => {
      try {
        await cloud.deleteTargetGroup(arn)
        return true
      } catch (error) {
        if (!(error instanceof PackageError) || error.code !== 'TARGET_GROUP_IN_USE') throw error
        refusal = error
        return undefined
      }
    },
    tooLate: () => refusal,
  })
}
