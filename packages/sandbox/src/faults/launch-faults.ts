import { AwsError } from '../aws-error.ts'
import type { Scope } from '../operation.ts'
import type { Instance } from '../ec2/instances/instance.ts'
import { stateOf } from '../ec2/instances/instance-states.ts'

/** Throws AwsError when the next launch of the region is one that is refused. */
export function checkRefused(scope: Scope, launch: { zone: string; instanceType: string }): void {
  const { refusedLaunches = [] } = scope.launchFaults
  const next = scope.state.ec2.launches + 1
  const refusal = refusedLaunches.find(
    ({ zone = launch.zone, instanceType = launch.instanceType, launches, whenRunning = 0 }) =>
      zone === launch.zone &&
      instanceType === launch.instanceType &&
      (launches?.includes(next) ?? true) &&
      runningCount(scope) >= whenRunning,
  )
  if (refusal) throw new AwsError(refusal.code, refusal.message, refusal.status)
}

/** Counts a launch, and says what is scripted for its instance. */
export function countLaunch({
  state,
  launchFaults,
}: Scope): Pick<Instance, 'isImpaired' | 'sickAfter' | 'converge' | 'hasSickTarget'> {
  state.ec2.launches += 1
  const { launches } = state.ec2
  const { impairedLaunches, sickLaunches, failedConverges, hangingConverges, unhealthyTargetLaunches } =
    launchFaults
  const sick = sickLaunches?.find(({ launch }) => launch === launches)
  return {
    ...(impairedLaunches?.includes(launches) && { isImpaired: true }),
    ...(sick && { sickAfter: sick.after }),
    ...(unhealthyTargetLaunches?.includes(launches) && { hasSickTarget: true }),
    ...(failedConverges?.includes(launches) && { converge: 'fails' }),
    ...(hangingConverges?.includes(launches) && { converge: 'hangs' }),
  }
}

function runningCount({ state, now }: Scope): number {
  const states = Object.values(state.ec2.instances).map((instance) => stateOf(instance, now))
  return states.filter((each) => each === 'pending' || each === 'running').length
}
