import { PackageError } from '../errors.ts'
import { owns, ownerTags, type Owner } from '../ownership.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { LaunchTemplateVersion } from '../ports/cloud/launch-templates.ts'
import type { GroupSetting, ScalingGroup } from '../ports/cloud/scaling-groups.ts'
import { rolloutOwner, type RolloutOwner } from './rollout-owner.ts'
import { described, type TemplateDescription } from './template-description.ts'
import { versionNumber } from './version-name.ts'

/** The tags of a version of an autoscale group. */
export const rolloutTags = {
  phase: 'package:phase',
  digest: 'package:digest',
  owner: 'package:owner',
  commit: 'package:commit',
  /** The processes that an update has suspended. */
  frozen: 'package:frozen',
  /** Which run has begun to update what is in charge: from its first change on, until that is done or taken back. */
  update: 'package:update',
  /** What a rollback takes out of charge, on what it puts in its place, until it is done. */
  rollback: 'package:rollback',
} as const

/**
 * Staging: not in charge yet; live: in charge; retiring: not any more; failed: never was, and is kept to be looked at; deleting: goes with
 * all of its group.
 */
export type Phase = 'staging' | 'live' | 'retiring' | 'failed' | 'deleting'

const phases: readonly Phase[] = ['staging', 'live', 'retiring', 'failed', 'deleting']

/** One version of a group's autoscale group. */
export interface Version {
  number: number
  /** Missing where its tag is, or says something else. */
  phase: Phase | undefined
  /** Of the launch specification; empty where the tag is missing. */
  digest: string
  owner: RolloutOwner | undefined
  /** Who has begun to replace or change it, and has neither done so nor taken it back. */
  updatedBy: RolloutOwner | undefined
  /** The version of the launch template that it launches from. */
  template: number | undefined
  /** The processes that an update has suspended. */
  frozen: string[]
  /** The version that a rollback to this one takes out of charge; undefined once it is done, and for an update. */
  rollbackOf: string | undefined
  group: ScalingGroup
}

/** Everything that exists of a group, the only thing that plans are made from. */
export interface Fleet {
  /** By number, the lowest first; those that AWS is deleting too. */
  versions: Version[]
  /** The one in charge. */
  live: Version | undefined
  /** Of the group's launch template, the highest first. */
  templates: TemplateVersion[]
}

export type TemplateVersion = LaunchTemplateVersion & TemplateDescription

/** Where a group's versions are found. */
export interface FleetPlace {
  cloud: Cloud
  owner: Owner
  group: string
  /** Of its launch template. */
  templateName: string
}

/** Reads what exists of a group. */
export async function readFleet(place: FleetPlace): Promise<Fleet> {
  const [versions, templates] = await Promise.all([
    readVersions(place),
    place.cloud.templateVersions(place.templateName),
  ])
  return { versions, live: serving(versions), templates: templates.map(described) }
}

/** The one in charge: of several that say so, the highest that nobody deletes. */
export function serving(versions: readonly Version[]): Version | undefined {
  const live = versions.filter(({ phase }) => phase === 'live')
  return live.findLast(({ group }) => !group.isBeingDeleted) ?? live.at(-1)
}

/** Whose mark a version bears. */
export function claimant({ owner, updatedBy }: Version): RolloutOwner | undefined {
  return owner ?? updatedBy
}

/** The ARN of each version, by the name of its autoscale group. */
export function arnsOf(versions: readonly Version[]): ReadonlyMap<string, string> {
  return new Map(versions.map(({ group: { name, arn } }) => [name, arn]))
}

/** The versions alone, the lowest first. */
export async function readVersions({ cloud, owner, group }: FleetPlace): Promise<Version[]> {
  const groups = await cloud.scalingGroupsTagged({ ...ownerTags(owner), group })
  return groups
    .filter(({ tags }) => owns(owner, tags))
    .flatMap((each) => versionOf(owner, group, each))
    .sort((a, b) => a.number - b.number)
}

/** Whether a run that put a version in charge was cut off before it was done. */
export function isUnfinished({ versions, live }: Fleet): boolean {
  if (live === undefined) return false
  const { owner, rollbackOf } = live
  return (
    owner !== undefined || rollbackOf !== undefined || versions.some(({ number }) => number < live.number)
  )
}

/** Whether a version was in charge, and is not any more. */
export function isOutOfCharge(phase: Phase | undefined): boolean {
  return phase === 'retiring' || phase === 'deleting'
}

/** Whether a group was being taken down when that was cut off: what is left of it is not in charge any more. */
export function isHalfDeleted({ versions, live }: Fleet): boolean {
  return live === undefined && versions.some(({ phase }) => phase === 'deleting')
}

/** Those of the launch template that a version launches from: somebody may have deleted that, and another one has its name. */
export function templatesOf({ templates }: Pick<Fleet, 'templates'>, { group }: Version): TemplateVersion[] {
  const [used] = group.templates
  return templates.filter(({ templateId }) => templateId === used?.id)
}

/** Whether what a version launches from still exists: without it, Auto Scaling replaces none of its instances. */
export function hasTemplate(fleet: Pick<Fleet, 'templates'>, version: Version): boolean {
  return templatesOf(fleet, version).some((each) => each.version === version.template)
}

/** What each version does by itself, by the name of its autoscale group. */
export async function readSettings(
  { cloud }: FleetPlace,
  versions: readonly Version[],
): Promise<ReadonlyMap<string, readonly GroupSetting[]>> {
  const known = versions.filter(({ group }) => !group.isBeingDeleted)
  const settings = await Promise.all(
    known.map(async ({ group: { name } }) => [name, await settingsOf(cloud, name)] as const),
  )
  return new Map(settings)
}

/** Whether the autoscale group is gone that a call names. */
export function isGone(error: unknown): boolean {
  return error instanceof PackageError && error.code === 'SCALING_GROUP_GONE'
}

/** What is gone since it was listed does nothing. */
async function settingsOf(cloud: Cloud, name: string): Promise<GroupSetting[]> {
  try {
    return await cloud.groupSettings(name)
  } catch (error) {
    if (isGone(error)) return []
    throw error
  }
}

function versionOf(owner: Owner, groupName: string, group: ScalingGroup): Version[] {
  const number = versionNumber(owner, groupName, group.name)
  if (number === undefined) return []
  const { tags } = group
  const template = Number(group.templates[0]?.version)
  return [
    {
      number,
      phase: phases.find((phase) => phase === tags[rolloutTags.phase]),
      digest: tags[rolloutTags.digest] ?? '',
      owner: rolloutOwner(tags[rolloutTags.owner]),
      updatedBy: rolloutOwner(tags[rolloutTags.update]),
      template: Number.isInteger(template) ? template : undefined,
      frozen: tags[rolloutTags.frozen]?.split(',') ?? [],
      rollbackOf: tags[rolloutTags.rollback],
      group,
    },
  ]
}
