import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling'
import type { MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import type { JsonObject } from '@package/core/groups/json'

import type { PolicyAlarms } from './alarms.ts'

/** The alarms of target tracking are made, changed and deleted by AWS together with the policy. */
export function alarmNamesOf({ PolicyType, Alarms: named = [] }: ScalingPolicy): string[] {
  if (PolicyType !== 'StepScaling' && PolicyType !== 'SimpleScaling') return []
  return named.flatMap(({ AlarmName }) => AlarmName ?? [])
}

/** The alarms of a policy as PutMetricAlarm takes them, without what makes them act on this group's policies. */
export function alarmDefinitions(policy: ScalingPolicy, live: readonly MetricAlarm[]): JsonObject[] {
  const names = new Set(alarmNamesOf(policy))
  const own = live.filter(({ AlarmName = '' }) => names.has(AlarmName))
  own.sort((a, b) => ((a.AlarmName ?? '') < (b.AlarmName ?? '') ? -1 : 1))
  return own.map((alarm) => {
    const {
      AlarmActions = [],
      Dimensions = [],
      ActionsEnabled,
      TreatMissingData,
      ...others
    } = settable(alarm)
    const definition = {
      ...others,
      AlarmActions: AlarmActions.filter((arn) => !isOfSameGroup(arn, policy.PolicyARN ?? '')),
      Dimensions: Dimensions.toSorted((a, b) => ((a.Name ?? '') < (b.Name ?? '') ? -1 : 1)),
      // What AWS fills in (CloudWatch API Reference, PutMetricAlarm).
      ...(ActionsEnabled === false && { ActionsEnabled }),
      ...(TreatMissingData !== 'missing' && { TreatMissingData }),
    }
    return JSON.parse(JSON.stringify(definition)) as JsonObject
  })
}

/** Has alarms act on a policy. What they do on other policies of the same group goes on, on those of other groups it ends. */
export async function putAlarms(
  alarms: PolicyAlarms,
  definitions: readonly JsonObject[],
  policyArn: string,
): Promise<void> {
  const wanted = definitions as unknown as PutMetricAlarmInput[]
  const live = await alarms.alarmsNamed(wanted.flatMap(({ AlarmName }) => AlarmName ?? []))
  for (const alarm of wanted) {
    const before = live.find(({ AlarmName }) => AlarmName === alarm.AlarmName)?.AlarmActions ?? []
    const kept = before.filter((arn) => isOfSameGroup(arn, policyArn))
    const actions = new Set([...(alarm.AlarmActions ?? []), ...kept, policyArn])
    await alarms.putAlarm({ ...alarm, AlarmActions: [...actions] })
  }
}

/** Deletes the alarms that do nothing but act on this policy. */
export async function deleteOwnAlarms(alarms: PolicyAlarms, policy: ScalingPolicy): Promise<void> {
  const live = await alarms.alarmsNamed(alarmNamesOf(policy))
  const own = live.filter(({ AlarmActions = [], OKActions = [], InsufficientDataActions = [] }) =>
    [...AlarmActions, ...OKActions, ...InsufficientDataActions].every((arn) => arn === policy.PolicyARN),
  )
  await alarms.deleteAlarms(own.flatMap(({ AlarmName }) => AlarmName ?? []))
}

/** `arn:aws:autoscaling:<region>:<account>:scalingPolicy:<id>:autoScalingGroupName/<group>:policyName/<policy>` */
function isOfSameGroup(arn: string, policyArn: string): boolean {
  const [group = ''] = /:autoScalingGroupName\/[^:]*:policyName\//.exec(policyArn) ?? []
  return arn.includes(':scalingPolicy:') && arn.includes(group)
}

function settable(alarm: MetricAlarm): Partial<PutMetricAlarmInput> {
  const {
    AlarmArn: _arn,
    AlarmConfigurationUpdatedTimestamp: _updated,
    StateValue: _state,
    StateReason: _reason,
    StateReasonData: _data,
    StateUpdatedTimestamp: _stateUpdated,
    StateTransitionedTimestamp: _transitioned,
    EvaluationState: _evaluation,
    ...own
  } = alarm
  return own
}
