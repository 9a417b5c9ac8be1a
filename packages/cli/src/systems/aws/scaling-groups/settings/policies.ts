import {
  DeletePolicyCommand,
  DescribePoliciesCommand,
  PutScalingPolicyCommand,
  type PutScalingPolicyType,
  type ScalingPolicy,
} from '@aws-sdk/client-auto-scaling'
import { isJsonObject, type JsonObject } from '@package/core/groups/json'
import type { GroupSetting } from '@package/core/ports/cloud/scaling-groups'

import { allPages } from '../../pages.ts'
import type { AutoScalingSend } from '../auto-scaling-send.ts'
import type { PolicyAlarms } from './alarms.ts'
import { fromDefinition, toDefinition } from './definition.ts'
import type { SettingsOfKind } from './settings-of-kind.ts'
import { alarmDefinitions, alarmNamesOf, deleteOwnAlarms, putAlarms } from './policy-alarms.ts'

export function policies(send: AutoScalingSend, alarms: PolicyAlarms): SettingsOfKind {
  return {
    async of(groupName) {
      const found = await describe(send, groupName)
      const live = await alarms.alarmsNamed(found.flatMap(alarmNamesOf))
      return found.map((policy) => toSetting(policy, alarmDefinitions(policy, live), groupName))
    },
    async put(groupName, { name, definition }) {
      const { Alarms: wanted, ...own } = fromDefinition(definition, groupName)
      const { PolicyARN = '' } = await send(
        new PutScalingPolicyCommand({
          ...(own as Partial<PutScalingPolicyType>),
          AutoScalingGroupName: groupName,
          PolicyName: name,
        }),
      )
      if (Array.isArray(wanted)) await putAlarms(alarms, wanted.filter(isJsonObject), PolicyARN)
    },
    // The alarms go first: once the policy is gone, nothing tells any more which ones were its own.
    async remove(groupName, { name }) {
      for (const policy of await describe(send, groupName, [name])) await deleteOwnAlarms(alarms, policy)
      await send(new DeletePolicyCommand({ AutoScalingGroupName: groupName, PolicyName: name }))
    },
  }
}

function describe(send: AutoScalingSend, groupName: string, names?: string[]): Promise<ScalingPolicy[]> {
  return allPages(async (token) => {
    const page = await send(
      new DescribePoliciesCommand({
        AutoScalingGroupName: groupName,
        MaxRecords: 100,
        ...(names && { PolicyNames: names }),
        ...(token !== undefined && { NextToken: token }),
      }),
    )
    return { items: page.ScalingPolicies, next: page.NextToken }
  })
}

function toSetting(policy: ScalingPolicy, alarms: JsonObject[], groupName: string): GroupSetting {
  const {
    AutoScalingGroupName: _group,
    PolicyName = '',
    PolicyARN: _arn,
    TargetTrackingConfiguration: tracking,
    ...own
  } = policy
  const definition = {
    ...own,
    Enabled: own.Enabled ?? true,
    Alarms: alarms,
    ...(tracking && {
      TargetTrackingConfiguration: { ...tracking, DisableScaleIn: tracking.DisableScaleIn ?? false },
    }),
  }
  return { kind: 'policy', name: PolicyName, definition: toDefinition(definition, groupName) }
}
