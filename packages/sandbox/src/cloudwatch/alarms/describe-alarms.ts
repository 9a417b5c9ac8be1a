import type { DescribeAlarmsInput, DescribeAlarmsOutput, MetricAlarm } from '@aws-sdk/client-cloudwatch'

import { page } from '../../account/pages.ts'
import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { validationError } from '../metric-errors.ts'
import type { Alarm } from './alarm.ts'

/** Names that no alarm has are no error. */
export function describeAlarms(input: DescribeAlarmsInput, scope: Scope): DescribeAlarmsOutput {
  const { AlarmNames: names = [], AlarmNamePrefix: prefix = '', StateValue: state, AlarmTypes: types } = input
  if (names.length > 0 && prefix !== '') {
    throw new AwsError(
      'InvalidParameterCombination',
      'AlarmNamePrefix and AlarmNames cannot be specified together.',
    )
  }
  const isWanted = types === undefined || types.length === 0 || types.includes('MetricAlarm')
  const found = Object.values(isWanted ? scope.state.cloudwatch.alarms : {})
    .filter(({ name }) => (names.length === 0 || names.includes(name)) && name.startsWith(prefix))
    .filter((alarm) => state === undefined || alarm.state === state)
    .filter((alarm) => actionsOf(alarm).some((action) => action.startsWith(input.ActionPrefix ?? '')))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const size = input.MaxRecords ?? 50
  if (size < 1 || size > 100) throw validationError('MaxRecords must be between 1 and 100.')
  const { items, NextToken } = nextPage(found, size, input.NextToken)
  return { MetricAlarms: items.map(shown), CompositeAlarms: [], NextToken }
}

/** One that does nothing has an action that any empty prefix fits. */
function actionsOf({ settings }: Alarm): string[] {
  const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = settings
  return ['', ...OKActions, ...AlarmActions, ...InsufficientDataActions]
}

function nextPage(found: readonly Alarm[], MaxResults: number, NextToken: string | undefined) {
  try {
    return page(found, { MaxResults, NextToken }, [1, 100])
  } catch {
    throw new AwsError('InvalidNextToken', 'The next token specified is invalid.')
  }
}

function shown({ name, arn, settings, ...alarm }: Alarm): MetricAlarm {
  const { configuredAt, state, reason, reasonData, stateUpdatedAt, changedAt } = alarm
  return {
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    Dimensions: [],
    ...settings,
    AlarmName: name,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
    StateValue: state,
    StateReason: reason,
    StateReasonData: reasonData,
    StateUpdatedTimestamp: new Date(stateUpdatedAt),
    StateTransitionedTimestamp: new Date(changedAt),
  }
}
