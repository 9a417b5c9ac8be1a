import {
  DeleteLifecycleHookCommand,
  DescribeLifecycleHooksCommand,
  PutLifecycleHookCommand,
  type LifecycleHook,
  type PutLifecycleHookType,
} from '@aws-sdk/client-auto-scaling'
import type { GroupSetting } from '@package/core/ports/cloud/scaling-groups'

import type { AutoScalingSend } from '../auto-scaling-send.ts'
import { fromDefinition, toDefinition } from './definition.ts'
import type { SettingsOfKind } from './settings-of-kind.ts'

export function hooks(send: AutoScalingSend): SettingsOfKind {
  return {
    async of(groupName) {
      const command = new DescribeLifecycleHooksCommand({ AutoScalingGroupName: groupName })
      const { LifecycleHooks = [] } = await send(command)
      return LifecycleHooks.map((hook) => toSetting(hook, groupName))
    },
    async put(groupName, { name, definition }) {
      await send(
        new PutLifecycleHookCommand({
          ...(fromDefinition(definition, groupName) as Partial<PutLifecycleHookType>),
          AutoScalingGroupName: groupName,
          LifecycleHookName: name,
        }),
      )
    },
    async remove(groupName, { name }) {
      const command = new DeleteLifecycleHookCommand({
        AutoScalingGroupName: groupName,
        LifecycleHookName: name,
      })
      await send(command)
    },
  }
}

/** The global timeout follows from the other one (API Reference, LifecycleHook). */
function toSetting(hook: LifecycleHook, groupName: string): GroupSetting {
  const { AutoScalingGroupName: _group, LifecycleHookName = '', GlobalTimeout: _timeout, ...own } = hook
  return { kind: 'hook', name: LifecycleHookName, definition: toDefinition(own, groupName) }
}
