import { PackageError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import { carryOutStep, type SecurityGroupIds } from './carry-out-step.ts'
import { ownedSecurityGroups } from './owned-security-groups.ts'
import {
  planSecurityGroups,
  type SecurityGroupPlan,
  type SecurityGroupState,
  type SecurityGroupStep,
} from './plan-security-groups.ts'
import { readSecurityGroups } from './read-security-groups.ts'

/** In milliseconds: how long a group that AWS says exists may stay out of its lists. */
const longest = 60_000

export interface DoneSteps {
  done: SecurityGroupStep[]
  /** Of all security groups of ours in the VPC. */
  ids: SecurityGroupIds
}

/**
 * Carries out what `stepsOf` takes of the plan. Where another process makes the same group at the same time, or an earlier run's
 * is not listed yet, it reads again and goes on from what exists. Failures are those of the port, and of the plan.
 */
export async function carryOutPlan(
  { cloud, clock, vpcId }: { cloud: Cloud; clock: Clock; vpcId: string },
  state: SecurityGroupState,
  stepsOf: (plan: SecurityGroupPlan) => SecurityGroupStep[],
): Promise<DoneSteps> {
  const deadline = clock.now() + longest
  const done: SecurityGroupStep[] = []
  for (let { existing } = state; ; existing = await readSecurityGroups(cloud, vpcId)) {
    const owned = ownedSecurityGroups(state.owner, existing)
    const ids = new Map([...owned].map(([name, { id }]) => [name, id]))
    try {
      for (const step of stepsOf(planSecurityGroups({ ...state, existing }))) {
        await carryOutStep(step, { cloud, owner: state.owner, vpcId, ids })
        done.push(step)
      }
      return { done, ids }
    } catch (error) {
      const isThereAlready = error instanceof PackageError && error.code === 'SECURITY_GROUP_EXISTS'
      if (!isThereAlready || clock.now() > deadline) throw error
      await clock.sleep(clock.pollInterval * (0.5 + clock.random() / 2))
    }
  }
}
