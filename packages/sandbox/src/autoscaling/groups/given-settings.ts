import type { CreateAutoScalingGroupType, UpdateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'

import { AwsError } from '../../aws-error.ts'
import { onlyGiven } from '../only-given.ts'
import { validationError } from '../validation-error.ts'
import type { Group, GroupSettings } from './group.ts'

/** Of a group's settings those that are kept as they are. */
const settingNames = [
  'PlacementGroup',
  'ServiceLinkedRoleARN',
  'MaxInstanceLifetime',
  'CapacityRebalance',
  'Context',
  'DesiredCapacityType',
  'DefaultInstanceWarmup',
  'InstanceMaintenancePolicy',
  'AvailabilityZoneDistribution',
  'AvailabilityZoneImpairmentPolicy',
  'DeletionProtection',
] as const satisfies readonly (keyof GroupSettings)[]

const unknownNames = [
  'LaunchConfigurationName',
  'MixedInstancesPolicy',
  'InstanceId',
  'AvailabilityZoneIds',
  'CapacityReservationSpecification',
  'InstanceLifecyclePolicy',
] as const

type Given = Partial<CreateAutoScalingGroupType & UpdateAutoScalingGroupType>

/** API Reference, CreateAutoScalingGroup: TerminationPolicies. */
const policies = new Set([
  'Default',
  'AllocationStrategy',
  'ClosestToNextInstanceHour',
  'NewestInstance',
  'OldestInstance',
  'OldestLaunchConfiguration',
  'OldestLaunchTemplate',
])

/** Throws AwsError for what the sandbox's groups do not have. */
export function checkKnownSettings(given: Given): void {
  const unknown = unknownNames.find((name) => given[name] !== undefined)
  if (unknown === undefined) return
  throw new AwsError('UnsupportedOperation', `The sandbox's Auto Scaling groups have no ${unknown}.`)
}

/** The settings that a request gives, as far as it gives them. Throws AwsError for values that AWS refuses. */
export function givenSettings(
  given: Given,
): Partial<
  Pick<
    Group,
    | 'healthCheckType'
    | 'healthCheckGracePeriod'
    | 'defaultCooldown'
    | 'terminationPolicies'
    | 'protectsNewInstances'
  >
> {
  const {
    HealthCheckType: healthCheckType,
    HealthCheckGracePeriod: healthCheckGracePeriod,
    DefaultCooldown: defaultCooldown,
    TerminationPolicies: terminationPolicies,
    NewInstancesProtectedFromScaleIn: protectsNewInstances,
  } = given
  const unknownCheck = healthCheckType?.split(',').find((each) => !/^(EC2|ELB|EBS|VPC_LATTICE)$/.test(each))
  if (unknownCheck !== undefined) throw validationError(`Invalid Health check type: ${unknownCheck}`)
  const unknownPolicy = terminationPolicies?.find((each) => !policies.has(each))
  if (unknownPolicy !== undefined) {
    throw validationError(`Unknown termination policy '${unknownPolicy}'.`)
  }
  return onlyGiven({
    healthCheckType,
    healthCheckGracePeriod,
    defaultCooldown,
    terminationPolicies: terminationPolicies?.length === 0 ? undefined : terminationPolicies,
    protectsNewInstances,
  })
}

/** Those that are kept and shown as they are given. */
export function keptSettings(given: Given): GroupSettings {
  return Object.fromEntries(
    settingNames.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  )
}
