import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import { convergedHook, settingPrefix } from './declared-settings.ts'
import { settingDifference } from './setting-difference.ts'
import { settingText } from './setting-text.ts'

/** `name` is that of the autoscale group. */
export type SettingStep =
  | { do: 'put-setting'; name: string; setting: GroupSetting }
  | { do: 'remove-setting'; name: string; setting: GroupSetting }

/** Whether nodes.json alone decides on it: it is recognised by its name. */
export function isOurs({ kind, name }: GroupSetting): boolean {
  return kind === 'hook' ? name === convergedHook : kind !== 'notification' && name.startsWith(settingPrefix)
}

/**
 * What makes the settings of an autoscale group be as `wanted`, which is nodes.json's word on ours: they are put and removed. Those
 * of others are never changed nor removed; where one is missing, it is carried from the version that the group replaces, whose
 * settings are `carried`.
 */
export function planSettings(
  name: string,
  wanted: readonly GroupSetting[],
  actual: readonly GroupSetting[],
  carried: readonly GroupSetting[],
): SettingStep[] {
  const remove = (setting: GroupSetting): SettingStep => ({ do: 'remove-setting', name, setting })
  const put = (setting: GroupSetting): SettingStep => ({ do: 'put-setting', name, setting })
  const declared = wanted.flatMap((setting) => {
    const found = actual.find((each) => isSame(each, setting))
    const difference = found === undefined ? 'put' : settingDifference(setting, found)
    if (difference === 'none') return []
    return found !== undefined && difference === 'replace' ? [remove(found), put(setting)] : [put(setting)]
  })
  return [
    ...declared,
    ...carried.filter((each) => !isOurs(each) && !actual.some((found) => isSame(found, each))).map(put),
    ...actual.filter((each) => isOurs(each) && !wanted.some((setting) => isSame(setting, each))).map(remove),
  ]
}

/** What a step does, for people. */
export function settingLines({ do: what, name, setting }: SettingStep): string[] {
  if (what === 'remove-setting') return [`${name}: remove ${setting.kind} ${setting.name}`]
  if (!isOurs(setting)) return [`${name}: carry over ${setting.kind} ${setting.name}`]
  return [`${name}: set ${setting.kind} ${setting.name}: ${settingText(setting)}`]
}

function isSame(one: GroupSetting, other: GroupSetting): boolean {
  return one.kind === other.kind && one.name === other.name
}
