import { ResumeProcessesCommand, SuspendProcessesCommand } from '@aws-sdk/client-auto-scaling'
import type { ScalingGroups } from '@package/core/ports/cloud/scaling-groups'

import type { Consistent } from '../consistent.ts'
import type { AutoScalingSend } from './auto-scaling-send.ts'

type Processes = Pick<ScalingGroups, 'suspendProcesses' | 'resumeProcesses'>

/** Without a process, AWS takes a call to mean all of them (API Reference, SuspendProcesses): then none is made. */
export function processes(send: AutoScalingSend, consistent: Consistent): Processes {
  return {
    async suspendProcesses(name, some) {
      if (some.length === 0) return
      const command = new SuspendProcessesCommand({ AutoScalingGroupName: name, ScalingProcesses: [...some] })
      await consistent.untilFound([name], () => send(command))
    },
    async resumeProcesses(name, some) {
      if (some.length === 0) return
      const command = new ResumeProcessesCommand({ AutoScalingGroupName: name, ScalingProcesses: [...some] })
      await consistent.untilFound([name], () => send(command))
    },
  }
}
