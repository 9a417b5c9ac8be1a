import {
  CreateAutoScalingGroup$,
  DeleteAutoScalingGroup$,
  DescribeAutoScalingGroups$,
  SetDesiredCapacity$,
  UpdateAutoScalingGroup$,
} from '@aws-sdk/client-auto-scaling'

import { operation } from '../../operation.ts'
import { deleteAutoScalingGroup, setDesiredCapacity, updateAutoScalingGroup } from './change-group.ts'
import { createAutoScalingGroup } from './create-group.ts'
import { describeAutoScalingGroups } from './describe-groups.ts'

export const groupOperations = [
  operation(CreateAutoScalingGroup$, createAutoScalingGroup),
  operation(UpdateAutoScalingGroup$, updateAutoScalingGroup),
  operation(DescribeAutoScalingGroups$, describeAutoScalingGroups),
  operation(SetDesiredCapacity$, setDesiredCapacity),
  operation(DeleteAutoScalingGroup$, deleteAutoScalingGroup),
]
