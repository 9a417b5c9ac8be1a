import type { GroupSetting, ScalingGroupSizes } from '../ports/cloud/scaling-groups.ts'
import type { Goal } from './goal.ts'
import type { SettingStep } from './setting-steps.ts'
import type { ResizeStep } from './size-steps.ts'

/** One thing to be done to a group's versions, as plain data. Names are those of autoscale groups. */
export type RolloutStep =
  | ClaimStep
  /** No version says for a while that this run is at work on the group: what is in charge does. */
  | { do: 'mark-updated'; name: string }
  | { do: 'freeze'; name: string; processes: readonly string[] }
  | CreateStep
  /** Within so many seconds. */
  | { do: 'await-healthy'; name: string; within: number }
  | { do: 'await-others'; name: string; seconds: number }
  /** What serves now must not be more than what comes. */
  | { do: 'match-capacity'; name: string; replaces: string; within: number; seconds: number }
  | { do: 'promote'; name: string }
  /** The listeners forward to where they are declared to. */
  | { do: 'move-listeners'; name: string }
  /** Before the instances that it replaces end: unlike then, they could still be gone back to. */
  | { do: 'confirm-healthy'; name: string; within: number }
  /** It did not get healthy, and is kept: its instances leave these target groups, and wait for the hook no more. */
  | { do: 'keep-failed'; name: string; targetGroupArns: readonly string[]; hook: GroupSetting | undefined }
  | SettingStep
  /** Of policies that are gone, or go with their version. */
  | { do: 'delete-alarms'; alarms: readonly string[] }
  | ResizeStep
  | { do: 'attach'; name: string; targetGroupArns: readonly string[] }
  | { do: 'tag-commit'; name: string; commit: string }
  /** It is not in charge any more. */
  | { do: 'retire'; name: string }
  | { do: 'detach'; name: string; targetGroupArns: readonly string[] }
  | { do: 'empty'; name: string }
  | { do: 'delete-version'; name: string }
  | { do: 'thaw'; name: string; processes: readonly string[] }
  /** With its listeners and target groups. */
  | { do: 'remove-load-balancer' }
  | TemplateStep
  /** What the launch template needs once that version is in charge. */
  | { do: 'tidy-template'; name: string }
  /** Nobody is at work on it any more; what was begun is done, or a rollback of it is to be gone on with. */
  | { do: 'release'; name: string; isDone: boolean }

/** This run is at work on it from now on; it goes on with what another one has begun, or not. */
export interface ClaimStep {
  do: 'claim'
  name: string
  goesOn: boolean
  /** A rollback to what is in charge takes this one back, and whoever goes on with it knows. */
  rollbackOf?: string
  /** It is removed, and nobody goes on with it any more. */
  doomed?: 'failed' | 'deleting'
  /** The run that has said until now that it is at work on what is doomed. */
  takenFrom?: string
}

export interface CreateStep {
  do: 'create-version'
  name: string
  number: number
  replaces: string | undefined
  sizes: ScalingGroupSizes
  targetGroupArns: readonly string[]
  /** Its first instances wait for them already. */
  hooks: readonly GroupSetting[]
  template: NextTemplate
  goal: Goal
}

/** The version of the launch template that a next version launches from; without a version, it is to be made. */
export interface NextTemplate {
  /** Of the launch template; missing where that is to be made too. */
  id?: string
  version?: number
  /** What a rollback from it returns to. */
  previous: number | undefined
  /** The highest version that there is; 0 without any. */
  newest: number
}

export type TemplateStep =
  | { do: 'set-default-template'; templateId: string; version: number }
  | { do: 'delete-template-versions'; templateId: string; versions: readonly number[] }
  | { do: 'delete-template'; templateId: string; templateName: string }
