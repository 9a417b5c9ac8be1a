import { ResumeProcesses$, SuspendProcesses$, type ScalingProcessQuery } from '@aws-sdk/client-auto-scaling'

import { operation, type Scope } from '../../operation.ts'
import { changeableGroup, timeText, wake } from '../groups/known-groups.ts'
import { validationError } from '../validation-error.ts'

export const processOperations = [
  operation(SuspendProcesses$, suspendProcesses),
  operation(ResumeProcesses$, resumeProcesses),
]

/** User Guide, "Suspend and resume Auto Scaling processes". */
const processes = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
]

function suspendProcesses(input: ScalingProcessQuery, scope: Scope): undefined {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  for (const name of namedProcesses(input)) {
    group.suspended[name] ??= `User suspended at ${timeText(scope.now)}`
  }
}

function resumeProcesses(input: ScalingProcessQuery, scope: Scope): undefined {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  for (const name of namedProcesses(input)) delete group.suspended[name]
  wake(group, scope)
}

/** All of them where none is named. */
function namedProcesses({ ScalingProcesses: names = [] }: ScalingProcessQuery): readonly string[] {
  const unknown = names.find((name) => !processes.includes(name))
  if (unknown !== undefined) {
    throw validationError(`'${unknown}' is not one of the process types ${processes.join(', ')}`)
  }
  return names.length === 0 ? processes : names
}
