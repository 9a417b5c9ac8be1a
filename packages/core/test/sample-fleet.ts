import type { Fleet, Phase, TemplateVersion, Version } from '../src/autoscale/fleet.ts'
import type { Goal } from '../src/autoscale/goal.ts'
import type { Ground } from '../src/autoscale/ground.ts'
import { versionName } from '../src/autoscale/version-name.ts'
import type { GroupSetting, ScalingGroup } from '../src/ports/cloud/scaling-groups.ts'

/** A fleet of a group `web`: digests are letters, its launch template is `lt-1`. */
export const nameOf = (number: number): string =>
  versionName({ project: 'tests', environment: undefined }, 'web', number)

const timings = { healthCheck: 'EC2' as const, gracePeriod: 300, cooldown: 300 }
const subnetIds = ['subnet-a']

export const someOwner = { runId: 'r1', operator: 'ann@laptop', processId: 7, seenAt: 0 }

export const launchHook: GroupSetting = { kind: 'hook', name: 'package-converged', definition: {} }

export function sampleGoal(digest: string, more: Partial<Goal> = {}): Goal {
  return {
    template: {
      digest,
      specification: {
        imageId: 'ami-1',
        instanceType: 't3.micro',
        securityGroupIds: [],
        blockDevices: [],
        metadataOptions: {},
        userData: '',
        tags: {},
      },
    },
    sizes: { min: 2, max: 4, desired: 2 },
    timings,
    subnetIds,
    targetGroupArns: ['tg-a'],
    idleTargetGroupArns: [],
    staleTargetGroupArns: [],
    ownTargetGroupArns: ['tg-a'],
    movesListeners: false,
    leavesRemovals: false,
    settings: [launchHook],
    timeout: 60,
    healthTimeout: 900,
    tags: {},
    propagatesTags: true,
    commit: undefined,
    force: false,
    ...more,
  }
}

export function sampleGroup(name: string, more: Partial<ScalingGroup> = {}): ScalingGroup {
  return {
    name,
    arn: `arn of ${name}`,
    templates: [],
    subnetIds,
    targetGroupArns: ['tg-a'],
    suspended: [],
    isBeingDeleted: false,
    tags: {},
    instances: [],
    min: 2,
    max: 4,
    desired: 2,
    ...timings,
    ...more,
  }
}

/** It launches from the version of the template that has its own number, counted from 1. */
export function sampleVersion(
  number: number,
  phase: Phase,
  digest: string,
  { group, ...more }: Partial<Omit<Version, 'group'>> & { group?: Partial<ScalingGroup> } = {},
): Version {
  const template = more.template ?? number + 1
  return {
    number,
    phase,
    digest,
    owner: undefined,
    updatedBy: undefined,
    template,
    frozen: [],
    rollbackOf: undefined,
    group: sampleGroup(nameOf(number), {
      templates: [{ id: 'lt-1', version: String(template) }],
      ...group,
    }),
    ...more,
  }
}

export function sampleTemplate(version: number, digest: string, previous?: number): TemplateVersion {
  return {
    templateId: 'lt-1',
    templateName: 'tests/web',
    version,
    isDefault: false,
    description: '',
    digest,
    previous,
  }
}

/** Without templates, each version has its own, which came after the one before. */
export function sampleGround(versions: readonly Version[], templates?: readonly TemplateVersion[]): Ground {
  const live = versions.findLast(({ phase }) => phase === 'live')
  const own = versions.map(({ number, digest }) => ({
    ...sampleTemplate(number + 1, digest, number > 0 ? number : undefined),
    isDefault: number === live?.number,
  }))
  const fleet: Fleet = {
    versions: [...versions],
    live,
    templates: [...(templates ?? own)].sort((a, b) => b.version - a.version),
  }
  const settings = new Map(versions.map(({ group }) => [group.name, [launchHook]]))
  return { fleet, settings, alarms: [], foreignTargetGroupArns: [], nameOf }
}

/** A version in charge. */
export const live = (number: number, digest: string, more: Parameters<typeof sampleVersion>[3] = {}) =>
  sampleVersion(number, 'live', digest, more)

/** One that somebody is bringing up. */
export const staging = (number: number, digest: string, more: Parameters<typeof sampleVersion>[3] = {}) =>
  sampleVersion(number, 'staging', digest, { owner: someOwner, ...more })

/** One whose successor is in charge. */
export const leaving = (number: number, digest: string) => sampleVersion(number, 'retiring', digest)
