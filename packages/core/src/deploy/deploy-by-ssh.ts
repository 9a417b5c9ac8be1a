import type { CloudCall } from '../action.ts'
import type { Group } from '../groups/nodes.ts'
import type { LogIn } from '../instances/remote-host.ts'
import type { DeployWork } from './deploy-groups.ts'
import { deployHost } from './deploy-host.ts'
import { bundleOf, type DeployOrder } from './deploy-order.ts'
import { isAutoscaled } from './deploy-plan.ts'
import { logPathOf } from './ledger.ts'
import { sshWay } from './ssh-way.ts'
import { stoppableClock } from '../plan/stoppable-clock.ts'
import { whatToConverge } from './what-to-converge.ts'

/** Deploys host by host, over SSH. */
export function deployBySsh(
  call: CloudCall,
  order: DeployOrder,
  logIn: LogIn,
): Pick<DeployWork, 'wayTo' | 'deploy'> {
  const { clouds, clock, shell, stop, run } = call
  const wayTo = (group: Group) =>
    sshWay(group, {
      cloud: clouds.in(clouds.regionOf(group)),
      clock: stoppableClock(clock, stop),
      shell,
      logIn,
      timeout: order.timeout,
      isStopped: () => stop.isAsked(),
    })
  return {
    wayTo,
    async deploy(plan, instance) {
      const { group } = plan
      const began = clock.now()
      const id = isAutoscaled(instance) ? group.name : `${group.name}-${instance.id}`
      const end = await deployHost({
        way: wayTo(group),
        instance,
        bundle: bundleOf(order, plan),
        script: whatToConverge(group, { id, run: run.id, whyRun: order.whyRun }),
        log: call.logs.open(logPathOf(run.id, instance.id)),
      })
      return { ...end, seconds: Math.round((clock.now() - began) / 100) / 10 }
    },
  }
}
