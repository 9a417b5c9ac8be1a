import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Instance } from '../../ec2/instances/instance.ts'
import { checkLaunch, launch } from '../../ec2/instances/run-instances.ts'
import { withLaunchTemplate } from '../../ec2/launch-templates/launch-from-template.ts'
import { forgetTags, tagByAws } from '../../ec2/tags/tags.ts'
import { recordActivity } from '../activities/record-activity.ts'
import type { Group } from '../groups/group.ts'
import { launchRequest } from '../groups/launch-request.ts'
import { subnetsOf, type GroupSubnet } from '../groups/group-subnets.ts'
import { activeInstances } from '../groups/known-groups.ts'
import { attachedTargetGroups } from '../target-groups/attach.ts'
import { validationError } from '../validation-error.ts'

/** Refusals that another zone may not give (User Guide, "Troubleshoot instance launch failures"). */
const zonalCodes = new Set([
  'InsufficientInstanceCapacity',
  'InsufficientFreeAddressesInSubnet',
  'InvalidSubnetID.NotFound',
  'Unsupported',
])

/**
 * Launches one instance into the zone of the group that has the fewest, and after a refusal into the next one; zones that
 * refused are added to `fullZones`, and not tried again. Says whether it was launched.
 */
export function launchInto(group: Group, cause: string, fullZones: Set<string>, scope: Scope): boolean {
  for (;;) {
    const subnet = emptiest(group, fullZones, scope)
    if (!subnet) return false
    group.launchesTried += 1
    const refusal = tryLaunch(group, cause, subnet, scope)
    if (!refusal) return true
    scope.state.ec2.launches += 1
    recordActivity(group, scope, {
      description: `Launching a new EC2 instance.  Status Reason: ${refusal.message} Launching EC2 instance failed.`,
      cause,
      status: 'Failed',
      message: `${refusal.message} Launching EC2 instance failed.`,
      progress: 100,
      ...subnet,
    })
    if (!zonalCodes.has(refusal.code)) return false
    fullZones.add(subnet.zone)
  }
}

/** Balanced over the zones, and over the subnets of a zone. */
function emptiest(group: Group, without: ReadonlySet<string>, scope: Scope): GroupSubnet | undefined {
  const active = activeInstances(group)
  const inZone = (zone: string) => active.filter((each) => each.zone === zone).length
  const inSubnet = (subnetId: string) => active.filter((each) => each.subnetId === subnetId).length
  const [first] = subnetsOf(group, scope)
    .filter(({ zone }) => !without.has(zone))
    .sort((a, b) => inZone(a.zone) - inZone(b.zone) || inSubnet(a.subnetId) - inSubnet(b.subnetId))
  return first
}

/** Gives EC2's refusal, if any. */
function tryLaunch(group: Group, cause: string, subnet: GroupSubnet, scope: Scope): AwsError | undefined {
  const made: string[] = []
  const recording: Scope = {
    ...scope,
    whenKept: (work) => scope.whenKept(work),
    newId: (prefix) => {
      const id = scope.newId(prefix)
      made.push(id)
      return id
    },
  }
  try {
    checkTargetGroups(group, scope)
    const request = withLaunchTemplate(launchRequest(group, subnet, scope), scope)
    checkLaunch(request, recording)
    const reservationId = launch(request, recording)
    const launched = made.map((id) => scope.state.ec2.instances[id])
    const machine = launched.find((each) => each?.reservationId === reservationId)
    if (machine) join(group, machine, cause, scope)
    return undefined
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    forget(made, scope)
    return error
  }
}

/** Instances are launched only for target groups that exist. */
function checkTargetGroups(group: Group, { state }: Scope): void {
  const missing = attachedTargetGroups(group).find(({ arn }) => !Object.hasOwn(state.elbv2.targetGroups, arn))
  if (!missing) return
  throw validationError('One or more target groups not found. Validating load balancer configuration failed.')
}

/** The new instance is the group's. */
function join(group: Group, machine: Instance, cause: string, scope: Scope): void {
  const { instanceId, instanceType, imageId, zone, subnetId } = machine
  const tags = scope.state.ec2.tags[instanceId] ?? {}
  tagByAws(scope, instanceId, { 'aws:autoscaling:groupName': group.name })
  const activity = recordActivity(group, scope, {
    description: `Launching a new EC2 instance: ${instanceId}`,
    cause,
    status: 'PreInService',
    progress: 30,
    subnetId,
    zone,
  })
  group.instances[instanceId] = {
    instanceId,
    instanceType,
    imageId,
    zone,
    subnetId,
    launchTemplate: { ...group.launchTemplate, version: tags['aws:ec2launchtemplate:version'] ?? '' },
    state: 'Pending',
    enteredAt: scope.now,
    health: 'Healthy',
    isProtected: group.protectsNewInstances,
    launchedAt: scope.now,
    waitsFor: {},
    activityId: activity.activityId,
  }
}

/** Of a launch that was refused in the middle nothing stays. */
function forget(ids: readonly string[], scope: Scope): void {
  const { instances, volumes } = scope.state.ec2
  for (const id of ids) {
    delete instances[id]
    delete volumes[id]
    forgetTags(scope, id)
  }
}
