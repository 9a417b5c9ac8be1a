import {
  CreateAutoScalingGroup$,
  DeleteAutoScalingGroup$,
  DescribeAutoScalingGroups$,
  DisableMetricsCollection$,
  SetDesiredCapacity$,
  UpdateAutoScalingGroup$,
} from '@aws-sdk/client-auto-scaling'

import { operation } from '../../operation.ts'
import { deleteAutoScalingGroup, setDesiredCapacity, updateAutoScalingGroup } from './change-group.ts'
import { createAutoScalingGroup } from './create-group.ts'
import { describeAutoScalingGroups } from './describe-groups.ts'
import { disableMetricsCollection } from './metrics-collection.ts'

export const groupOperations = [
  operation(CreateAutoScalingGroup$, createAutoScalingGroup),
  operation(UpdateAutoScalingGroup$, updateAutoScalingGroup),
  operation(DescribeAutoScalingGroups$, describeAutoScalingGroups),
  operation(DisableMetricsCollection$, disableMetricsCollection),
  operation(SetDesiredCapacity$, setDesiredCapacity),
  operation(DeleteAutoScalingGroup$, deleteAutoScalingGroup),
]
