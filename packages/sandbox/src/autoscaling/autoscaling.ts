import { byName, type Service } from '../operation.ts'
import { activityOperations } from './activities/operations.ts'
import { groupOperations } from './groups/operations.ts'
import { instanceOperations } from './instances/operations.ts'
import { lifecycleHookOperations } from './lifecycle-hooks/operations.ts'
import { notificationOperations } from './notifications/operations.ts'
import { policyOperations } from './policies/operations.ts'
import { processOperations } from './processes/operations.ts'
import { scheduledActionOperations } from './scheduled-actions/operations.ts'
import { tagOperations } from './tags/operations.ts'
import { targetGroupOperations } from './target-groups/operations.ts'

export const autoscaling: Service = {
  name: 'autoscaling',
  protocol: 'awsQuery',
  xmlNamespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  operations: byName([
    ...activityOperations,
    ...groupOperations,
    ...instanceOperations,
    ...lifecycleHookOperations,
    ...notificationOperations,
    ...policyOperations,
    ...processOperations,
    ...scheduledActionOperations,
    ...tagOperations,
    ...targetGroupOperations,
  ]),
}
