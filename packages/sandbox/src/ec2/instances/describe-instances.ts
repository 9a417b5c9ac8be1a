import type { DescribeInstancesRequest, DescribeInstancesResult, Reservation } from '@aws-sdk/client-ec2'

import { page } from '../../account/pages.ts'
import type { Scope } from '../../operation.ts'
import { selectResources } from '../select-resources.ts'
import { shownInstance } from './instance-answer.ts'
import { instanceFilters } from './instance-filters.ts'
import type { Instance } from './instance.ts'
import { checkIds, checkNoPagesOfIds, knownInstances, unknownInstances } from './known-instances.ts'
import { surroundingsOf, type Surroundings } from './surroundings.ts'

/** A page counts instances, so that one may end within a reservation, and the next show the same one again. */
export function describeInstances(input: DescribeInstancesRequest, scope: Scope): DescribeInstancesResult {
  checkNoPagesOfIds(input.InstanceIds, input.MaxResults)
  checkIds(input.InstanceIds)
  const around = surroundingsOf(scope)
  const found = selectResources(scope, {
    from: knownInstances(scope),
    ids: input.InstanceIds,
    notFound: unknownInstances,
    filters: input.Filters,
    values: instanceFilters(around),
    idOf: ({ instanceId }) => instanceId,
  })
  const { items, NextToken } = page(found, input)
  return { Reservations: reservationsOf(items, around), NextToken }
}

/** The instances by the launch that they came from. */
export function reservationsOf(instances: readonly Instance[], around: Surroundings): Reservation[] {
  const byId = new Map<string, Instance[]>()
  for (const instance of instances) {
    const others = byId.get(instance.reservationId)
    if (others) others.push(instance)
    else byId.set(instance.reservationId, [instance])
  }
  return [...byId].map(([reservationId, members]) => ({
    ReservationId: reservationId,
    OwnerId: around.scope.accountId,
    Groups: [],
    Instances: members.map((instance) => shownInstance(instance, around)),
  }))
}
