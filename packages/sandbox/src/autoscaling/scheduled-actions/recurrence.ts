import { Cron } from 'croner'

import { validationError } from '../validation-error.ts'

/** When it is due next after that time, in milliseconds since 1970. Throws AwsError for what is no recurrence or zone. */
export function nextRecurrence(
  recurrence: string,
  timeZone: string | undefined,
  after: number,
): number | undefined {
  if (recurrence.trim().split(/\s+/).length !== 5) throw invalid(recurrence)
  const cron = parsed(recurrence, timeZone)
  try {
    return cron.nextRun(new Date(after))?.getTime()
  } catch {
    throw validationError(`Given time zone ${String(timeZone)} is invalid`)
  }
}

/** User Guide, "Scheduled scaling": in UTC, where no zone is given. */
function parsed(recurrence: string, timezone = 'UTC'): Cron {
  try {
    return new Cron(recurrence, { timezone })
  } catch {
    throw invalid(recurrence)
  }
}

function invalid(recurrence: string) {
  return validationError(`Given recurrence string: ${recurrence} is invalid`)
}
