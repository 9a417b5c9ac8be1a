import type { CloudCall } from '../../action.ts'

/** Says that what is launched counts as healthy whatever comes of its first Chef run. */
export function warnOfUnseenConverge({ report }: CloudCall, group: string, why: string): void {
  const text = `${group}: a failed first Chef run will go unseen: ${why}`
  report({ level: 'warning', code: 'CONVERGE_UNSEEN', group, text })
}
