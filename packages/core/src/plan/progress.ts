import type { Report } from '../ports/report.ts'

/** Tells how far a wait has come, whenever that changes; with data for a view that shows more than the text. */
export function progress(report: Report, group: string): (text: string, data?: object) => void {
  let last: string | undefined
  return (text, data) => {
    if (text !== last) report({ level: 'info', code: 'PROGRESS', text, group, ...(data && { data }) })
    last = text
  }
}
