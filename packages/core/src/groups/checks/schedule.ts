import type { ScheduledAction } from '../node-group.ts'
import type { Path } from '../problem.ts'
import type { GroupFinding } from './group-finding.ts'

const fields = [
  { name: 'a minute', from: 0, to: 59 },
  { name: 'an hour', from: 0, to: 23 },
  { name: 'a day of the month', from: 1, to: 31 },
  {
    name: 'a month',
    from: 1,
    to: 12,
    words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  { name: 'a day of the week', from: 0, to: 7, words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
]

/** A scheduled action changes at least one size, at times that exist, in a time zone that exists. */
export function checkSchedule(action: ScheduledAction, path: Path): GroupFinding[] {
  const findings: GroupFinding[] = []
  if (action.node_min === undefined && action.node_max === undefined && action.desired === undefined) {
    findings.push({ path, text: 'needs at least one of "node_min", "node_max", "desired"' })
  }
  const wrong = action.cron.split(' ').findIndex((text, index) => !isCronField(text, index))
  if (wrong !== -1) {
    const { name = 'a field', from, to } = fields[wrong] ?? {}
    const text = `"${String(action.cron.split(' ')[wrong])}" is not ${name} (${String(from)} to ${String(to)}, lists, ranges, */n)`
    findings.push({ path: [...path, 'cron'], text })
  }
  if (action.time_zone !== undefined && !isTimeZone(action.time_zone)) {
    findings.push({
      path: [...path, 'time_zone'],
      text: `"${action.time_zone}" is not a time zone of the IANA database`,
    })
  }
  return findings
}

function isCronField(text: string, index: number): boolean {
  const field = fields[index]
  if (field === undefined) return false
  const number = (word: string) => {
    const named = field.words?.indexOf(word) ?? -1
    if (named !== -1) return named + (field.from === 1 ? 1 : 0)
    return /^\d+$/.test(word) ? Number(word) : Number.NaN
  }
  return text.split(',').every((part) => {
    const [range = '', step, ...more] = part.split('/')
    if (more.length > 0 || (step !== undefined && !(Number(step) >= 1))) return false
    if (range === '*') return true
    const [low = Number.NaN, high = low, ...rest] = range.split('-').map(number)
    return rest.length === 0 && low >= field.from && high <= field.to && low <= high
  })
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
