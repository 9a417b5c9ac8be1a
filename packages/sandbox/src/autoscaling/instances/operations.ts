import {
  DescribeAutoScalingInstances$,
  DetachInstances$,
  EnterStandby$,
  ExitStandby$,
  SetInstanceHealth$,
  SetInstanceProtection$,
  TerminateInstanceInAutoScalingGroup$,
  type AutoScalingInstancesType,
  type DescribeAutoScalingInstancesType,
} from '@aws-sdk/client-auto-scaling'

import { operation, type Scope } from '../../operation.ts'
import { shownDetails } from '../groups/group-answer.ts'
import { recordPage } from '../record-pages.ts'
import { setInstanceHealth, setInstanceProtection } from './health-and-protection.ts'
import { detachInstances, enterStandby, exitStandby } from './leave-service.ts'
import { terminateInstanceInAutoScalingGroup } from './terminate-instance.ts'

export const instanceOperations = [
  operation(DescribeAutoScalingInstances$, describeAutoScalingInstances),
  operation(TerminateInstanceInAutoScalingGroup$, terminateInstanceInAutoScalingGroup),
  operation(SetInstanceHealth$, setInstanceHealth),
  operation(SetInstanceProtection$, setInstanceProtection),
  operation(DetachInstances$, detachInstances),
  operation(EnterStandby$, enterStandby),
  operation(ExitStandby$, exitStandby),
]

/** Instances that no group has are no error. */
function describeAutoScalingInstances(
  input: DescribeAutoScalingInstancesType,
  scope: Scope,
): AutoScalingInstancesType {
  const ids = new Set(input.InstanceIds ?? [])
  const all = Object.values(scope.state.autoscaling.groups).flatMap((group) =>
    Object.values(group.instances).map((instance) => shownDetails(group, instance)),
  )
  const wanted = all.filter(({ InstanceId = '' }) => ids.size === 0 || ids.has(InstanceId))
  const { items, NextToken } = recordPage(wanted, input, { most: 50 })
  return { AutoScalingInstances: items, NextToken }
}
