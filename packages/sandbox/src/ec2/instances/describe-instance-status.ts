import type {
  DescribeInstanceStatusRequest,
  DescribeInstanceStatusResult,
  InstanceStatus,
  InstanceStatusSummary,
  SummaryStatus,
} from '@aws-sdk/client-ec2'

import { page } from '../../account/pages.ts'
import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { selectResources } from '../select-resources.ts'
import { zoneIdOf } from '../zones/regions.ts'
import { stateFilters } from './instance-filters.ts'
import type { Instance } from './instance.ts'
import { shownState, stateOf } from './instance-states.ts'
import { checkIds, checkNoPagesOfIds, knownInstances, unknownInstances } from './known-instances.ts'
import { checkedAt, impairedSince } from './status-checks.ts'
import { surroundingsOf } from './surroundings.ts'

/** EC2 API Reference, DescribeInstanceStatus. */
const mostIds = 100

/** Shows only running instances, unless all are asked for (EC2 API Reference, DescribeInstanceStatus). */
export function describeInstanceStatus(
  input: DescribeInstanceStatusRequest,
  scope: Scope,
): DescribeInstanceStatusResult {
  checkNoPagesOfIds(input.InstanceIds, input.MaxResults)
  checkIds(input.InstanceIds)
  checkNumberOfIds(input.InstanceIds?.length ?? 0)
  const found = selectResources(scope, {
    from: knownInstances(scope),
    ids: input.InstanceIds,
    notFound: unknownInstances,
    filters: input.Filters,
    values: {
      ...stateFilters(surroundingsOf(scope)),
      'instance-status.status': (instance) => instanceStatus(instance, scope).Status,
      'instance-status.reachability': (instance) => reachability(instanceStatus(instance, scope)),
      'system-status.status': (instance) => systemStatus(instance, scope).Status,
      'system-status.reachability': (instance) => reachability(systemStatus(instance, scope)),
    },
    idOf: ({ instanceId }) => instanceId,
  })
  const wanted =
    input.IncludeAllInstances === true
      ? found
      : found.filter((instance) => stateOf(instance, scope.now) === 'running')
  const { items, NextToken } = page(wanted, input)
  return { InstanceStatuses: items.map((instance) => shownStatus(instance, scope)), NextToken }
}

function checkNumberOfIds(count: number): void {
  if (count <= mostIds) return
  const most = String(mostIds)
  throw new AwsError(
    'InvalidRequest',
    `${String(count)} exceeds the maximum number of instance IDs that can be specificied (${most}). Please specify fewer than ${most} instance IDs.`,
  )
}

function shownStatus(instance: Instance, scope: Scope): InstanceStatus {
  return {
    InstanceId: instance.instanceId,
    AvailabilityZone: instance.zone,
    AvailabilityZoneId: zoneIdOf(instance.zone),
    InstanceState: shownState(stateOf(instance, scope.now)),
    InstanceStatus: instanceStatus(instance, scope),
    SystemStatus: systemStatus(instance, scope),
  }
}

function instanceStatus(instance: Instance, scope: Scope): InstanceStatusSummary {
  const since = impairedSince(instance, scope)
  const status = statusOf(instance, scope)
  if (status !== 'ok' || since === undefined || scope.now < since) return summary(status)
  const Details = [
    { Name: 'reachability', Status: 'failed', ImpairedSince: new Date(since) },
  ] satisfies InstanceStatusSummary['Details']
  return { Status: 'impaired', Details }
}

/** What AWS's own machine reports; only the instance itself is ever impaired here. */
function systemStatus(instance: Instance, scope: Scope): InstanceStatusSummary {
  return summary(statusOf(instance, scope))
}

function statusOf(instance: Instance, scope: Scope): SummaryStatus {
  if (stateOf(instance, scope.now) !== 'running') return 'not-applicable'
  return scope.now < checkedAt(instance, scope) ? 'initializing' : 'ok'
}

function summary(status: SummaryStatus): InstanceStatusSummary {
  if (status === 'not-applicable') return { Status: status }
  return {
    Status: status,
    Details: [{ Name: 'reachability', Status: status === 'ok' ? 'passed' : 'initializing' }],
  }
}

function reachability({ Details = [] }: InstanceStatusSummary): string | undefined {
  return Details[0]?.Status
}
