import type { GroupSetting } from '@package/core/ports/cloud/scaling-groups'

/** The settings of one kind. */
export interface SettingsOfKind {
  of(groupName: string): Promise<GroupSetting[]>
  put(groupName: string, setting: GroupSetting): Promise<void>
  /** Throws what AWS answers when it is gone. */
  remove(groupName: string, setting: GroupSetting): Promise<void>
}
