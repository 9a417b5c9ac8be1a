/** The action that takes back what another one has begun, in place of going on with it. */
export type WayBack = 'autoscale:run' | 'autoscale:rollback' | 'autoscale:update' | 'autoscale:delete'

const returns: Record<WayBack, string> = {
  'autoscale:run': 'starts it again',
  'autoscale:rollback': 'goes back to what ran before',
  'autoscale:update': 'leads to what the files say',
  'autoscale:delete': 'removes it',
}

/** What it does to a group, for people. */
export function wayBackText(action: WayBack, group: string): string {
  return `package ${action} ${group} ${returns[action]}`
}

/** From a rollout, by whether nothing serves yet, and whether it is a rollback itself. */
export function wayBackFrom({ isFirst, isRollback }: { isFirst: boolean; isRollback: boolean }): WayBack {
  if (isFirst) return 'autoscale:delete'
  return isRollback ? 'autoscale:update' : 'autoscale:rollback'
}
