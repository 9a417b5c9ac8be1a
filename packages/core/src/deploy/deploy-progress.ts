import type { Report } from '../ports/report.ts'
import type { GroupPlan } from './deploy-plan.ts'
import type { HostResult } from './host-result.ts'

/** So many lines at most on the way to the end of a group. */
const steps = 20

/** Tells how far the deploy of each group has come, and each host that does not converge at once. */
export function deployProgress(
  report: Report,
): (plan: GroupPlan, hosts: readonly HostResult[], changed: HostResult) => void {
  const told = new Map<string, number>()
  return ({ group }, hosts, changed) => {
    const { status, id, reason = '' } = changed
    if (status === 'running') return
    if (status !== 'converged' && status !== 'not started') {
      const text = `${group.name}: ${id} ${status}: ${reason}`
      report({ level: 'warning', code: 'HOST_FAILED', group: group.name, text, data: { ...changed } })
    }
    const done = hosts.filter((host) => host.status !== 'running' && host.status !== 'not started').length
    const converged = hosts.filter((host) => host.status === 'converged').length
    const last = told.get(group.name) ?? 0
    const isWorthIt = done - last >= hosts.length / steps || done === hosts.length
    if (!isWorthIt || done === last) return
    told.set(group.name, done)
    const text = `${group.name}: ${String(converged)} of ${String(hosts.length)} converged`
    report({ level: 'info', code: 'PROGRESS', group: group.name, text })
  }
}
