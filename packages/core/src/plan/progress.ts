import type { Report } from '../ports/report.ts'

/** Tells how far a wait has come, whenever that changes. */
export function progress(report: Report, group: string): (text: string) => void {
  let last: string | undefined
  return (text) => {
    if (text !== last) report({ level: 'info', code: 'PROGRESS', text, group })
    last = text
  }
}
