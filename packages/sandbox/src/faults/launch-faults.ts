import { AwsError } from '../aws-error.ts'
import type { Scope } from '../operation.ts'
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

/** Counts a launch, and says whether its instance never passes its status checks. */
export function countLaunch({ state, launchFaults }: Scope): { isImpaired: boolean } {
  state.ec2.launches += 1
  return { isImpaired: launchFaults.impairedLaunches?.includes(state.ec2.launches) ?? false }
}

function runningCount({ state, now }: Scope): number {
  const states = Object.values(state.ec2.instances).map((instance) => stateOf(instance, now))
  return states.filter((each) => each === 'pending' || each === 'running').length
}
