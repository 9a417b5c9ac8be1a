import type { CommandFilter } from '@aws-sdk/client-ssm'

import { AwsError } from '../../aws-error.ts'
import type { Command } from './command.ts'
import type { ShownStatus } from './statuses.ts'

/** Whether all filters hold (API Reference, CommandFilter). Throws AwsError for a filter that there is none of. */
export function fits(
  filters: readonly CommandFilter[] | undefined,
  { requestedAt, documentName }: Command,
  { Status, StatusDetails }: ShownStatus<string>,
): boolean {
  return (filters ?? []).every(({ key, value = '' }) => {
    switch (key) {
      case 'InvokedAfter':
        return requestedAt > Date.parse(value)
      case 'InvokedBefore':
        return requestedAt < Date.parse(value)
      case 'Status':
        return value === Status || value === StatusDetails
      case 'DocumentName':
        return documentName === value
      case 'ExecutionStage':
        return (value === 'Executing') === ['Pending', 'InProgress', 'Delayed', 'Cancelling'].includes(Status)
      default:
        throw new AwsError('InvalidFilterKey', `The filter key ${String(key)} is not valid.`)
    }
  })
}
