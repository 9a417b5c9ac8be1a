import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { forgetTags } from '../tags/tags.ts'
import type { Instance } from './instance.ts'
import { dropUnusedUserData } from './user-data.ts'

/** EC2 User Guide, "Terminate Amazon EC2 instances": a terminated instance is shown for about an hour. In milliseconds. */
const shownAfterwards = 3_600_000

/** The region's instances by id. What was terminated long ago is forgotten here. */
export function knownInstances(scope: Scope): Readonly<Record<string, Instance>> {
  const { instances } = scope.state.ec2
  const forgotten = Object.values(instances).filter(
    ({ ending }) => ending?.to === 'terminated' && scope.now >= ending.doneAt + shownAfterwards,
  )
  for (const { instanceId, networkInterfaceId } of forgotten) {
    delete instances[instanceId]
    forgetTags(scope, instanceId)
    forgetTags(scope, networkInterfaceId)
  }
  if (forgotten.length > 0) dropUnusedUserData(scope.state.ec2)
  return instances
}

/** Each of the named instances once. Throws AwsError when one is not there. */
export function instancesOf(scope: Scope, ids: readonly string[] | undefined): Instance[] {
  if (ids === undefined || ids.length === 0) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId')
  }
  checkIds(ids)
  const known = knownInstances(scope)
  const wanted = [...new Set(ids)]
  const missing = wanted.filter((id) => !Object.hasOwn(known, id))
  if (missing.length > 0) throw unknownInstances(missing)
  return wanted.flatMap((id) => known[id] ?? [])
}

export function instanceOf(scope: Scope, id: string | undefined): Instance {
  const [instance] = instancesOf(scope, id === undefined ? [] : [id])
  if (instance === undefined) throw unknownInstances([id ?? ''])
  return instance
}

/** Throws AwsError for what cannot be an instance's id. Ids of before 2016 had 8 digits. */
export function checkIds(ids: readonly string[] | undefined): void {
  const malformed = ids?.find((id) => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id))
  if (malformed !== undefined) {
    throw new AwsError('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`)
  }
}

export function unknownInstances(ids: readonly string[]): AwsError {
  const [subject, verb] = ids.length === 1 ? ['instance ID', 'does'] : ['instance IDs', 'do']
  return new AwsError('InvalidInstanceID.NotFound', `The ${subject} '${ids.join(', ')}' ${verb} not exist`)
}

/** EC2 API Reference, DescribeInstances: "You cannot specify this parameter and the instance IDs parameter". */
export function checkNoPagesOfIds(ids: readonly string[] | undefined, MaxResults: number | undefined): void {
  if (ids && ids.length > 0 && MaxResults !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    )
  }
}
