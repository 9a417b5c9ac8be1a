import { PackageError } from '../errors.ts'
import { groupTags } from '../instances/group-instances.ts'
import type { Clock } from '../ports/clock.ts'
import type { AwsLoadBalancer, LoadBalancers } from '../ports/cloud/load-balancers.ts'
import type { Report } from '../ports/report.ts'
import { awaitActive, isServing } from './await-active.ts'
import { carryOutStep, type StepContext } from './carry-out-step.ts'
import { arnOf, arnsOf } from './load-balancer-arns.ts'
import type { LoadBalancerNames } from './load-balancer-names.ts'
import type { LoadBalancerStep } from './load-balancer-step.ts'
import { type LoadBalancerPlan, planLoadBalancer } from './plan-load-balancer.ts'
import { planRemoval } from './plan-removal.ts'
import { type ActualLoadBalancer, readLoadBalancer } from './read-load-balancer.ts'
import { stepLine } from './step-line.ts'
import type { WantedLoadBalancer } from './wanted-load-balancer.ts'

/** What acting on a group's load balancer takes. */
export interface LoadBalancerWork {
  cloud: LoadBalancers
  clock: Clock
  report: Report
  names: LoadBalancerNames
  /** Called before each change. */
  beforeChange?: () => Promise<void>
}

export interface LoadBalancerDone {
  done: LoadBalancerStep[]
  /** It serves. */
  loadBalancer: AwsLoadBalancer
  /** In the order of the listeners. */
  targetGroupArns: string[]
}

/** In milliseconds: how long something that AWS says exists may stay out of its lists. */
const longestUnlisted = 60_000

const isThere: ReadonlySet<string> = new Set([
  'LOAD_BALANCER_EXISTS',
  'TARGET_GROUP_EXISTS',
  'LISTENER_EXISTS',
])

/**
 * Carries out what `stepsOf` takes of the plan, which is made from what exists: a run that was cut off is gone on with. Waits until the
 * load balancer serves. Where another process makes the same thing, or AWS does not list it yet, it reads again and goes on.
 * Failures are those of the port and of the plan, system and timeout.
 */
export async function carryOutLoadBalancer(
  work: LoadBalancerWork,
  wanted: WantedLoadBalancer,
  stepsOf: (plan: LoadBalancerPlan) => LoadBalancerStep[],
): Promise<LoadBalancerDone> {
  const { cloud, clock, names } = work
  const deadline = clock.now() + longestUnlisted
  const done: LoadBalancerStep[] = []
  for (;;) {
    const actual = await readLoadBalancer(cloud, names)
    try {
      const { targetGroups } = await carryOut(work, actual, stepsOf(planLoadBalancer(wanted, actual)), done)
      const { loadBalancer } = actual
      return {
        done,
        loadBalancer:
          loadBalancer !== undefined && isServing(loadBalancer)
            ? loadBalancer
            : await awaitActive(work, wanted.group, wanted.name),
        targetGroupArns: wanted.listeners.map(({ targetGroup }) => arnOf(targetGroups, targetGroup.name)),
      }
    } catch (error) {
      const isUnlisted = error instanceof PackageError && isThere.has(error.code)
      if (!isUnlisted || clock.now() > deadline) throw error
      await clock.sleep(clock.pollInterval * (0.5 + clock.random() / 2))
    }
  }
}

/**
 * Removes all that there is of a group's load balancer, and says what that was. Done also when there is nothing. Failures are those of
 * the port, and timeout.
 */
export async function carryOutRemoval(work: LoadBalancerWork): Promise<LoadBalancerStep[]> {
  const actual = await readLoadBalancer(work.cloud, work.names)
  const done: LoadBalancerStep[] = []
  await carryOut(work, actual, planRemoval(actual), done)
  return done
}

async function carryOut(
  { cloud, clock, report, names, beforeChange }: LoadBalancerWork,
  actual: ActualLoadBalancer,
  steps: readonly LoadBalancerStep[],
  done: LoadBalancerStep[],
): Promise<StepContext['arns']> {
  const { owner, group, loadBalancer } = names
  const arns = arnsOf(actual)
  for (const step of steps) {
    await beforeChange?.()
    await carryOutStep(step, { cloud, clock, tags: groupTags(owner, group), loadBalancer, arns })
    done.push(step)
    report({ level: 'info', code: 'LOAD_BALANCER', group, text: stepLine(step), data: step })
  }
  return arns
}
