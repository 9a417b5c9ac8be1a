import type { DisableMetricsCollectionQuery } from '@aws-sdk/client-auto-scaling'

import type { Scope } from '../../operation.ts'
import { changeableGroup } from './known-groups.ts'

/** The sandbox's groups have no metrics of their own: none is ever collected. Ansible's module disables them at each change. */
export function disableMetricsCollection(input: DisableMetricsCollectionQuery, scope: Scope): undefined {
  changeableGroup(scope, input.AutoScalingGroupName)
}
