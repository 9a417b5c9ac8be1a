import type { CloudCall } from '../../action.ts'
import { progress } from '../../plan/progress.ts'
import { stoppableClock } from '../../plan/stoppable-clock.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { GroupPlan } from '../deploy-plan.ts'

/**
 * In milliseconds after a launch. AWS names no time in which an agent registers: it takes seconds to minutes, and scripts of AWS's own
 * samples that wait for it give up after ten of them.
 */
const longest = 600_000

/**
 * Waits for the agents of those that were launched just now, as AWS's time goes. Where the group has no instance profile there is
 * nothing to wait for. Throws PackageError (cancelled) after Ctrl-C, and where AWS does not tell.
 */
export async function awaitAgents(
  { clouds, clock, stop, report }: Pick<CloudCall, 'clouds' | 'clock' | 'stop' | 'report'>,
  { group, region }: Pick<GroupPlan, 'group' | 'region'>,
  instances: readonly Pick<Instance, 'id' | 'launchTime'>[],
): Promise<void> {
  if (group.fields.iam_instance_profile === undefined) return
  const cloud = clouds.in(region)
  const tell = progress(report, group.name)
  const patience = stoppableClock(clock, stop)
  for (let missing = instances; ;) {
    const young = missing.filter(({ launchTime }) => cloud.now() - launchTime < longest)
    if (young.length === 0) return
    const agents = await cloud.agents(young.map(({ id }) => id))
    missing = young.filter(({ id }) => agents.get(id) !== 'online')
    if (missing.length === 0) return
    tell(`${group.name}: waiting for the SSM agents of ${whose(missing)}`)
    await patience.sleep(clock.pollInterval * (0.75 + clock.random() / 2))
  }
}

function whose(missing: readonly Pick<Instance, 'id'>[]): string {
  const [one, ...others] = missing
  const who = one && others.length === 0 ? one.id : `${String(missing.length)} instances`
  return `${who} launched just now`
}
