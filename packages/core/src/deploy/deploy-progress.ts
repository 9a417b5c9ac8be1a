import type { VersionProgress } from '../autoscale/version-progress.ts'
import type { Clock } from '../ports/clock.ts'
import type { Report } from '../ports/report.ts'
import type { HostResult } from './host-result.ts'

/** Tells of each host that does not converge at once, and how far its group has come; with those at work, for a view that shows them. */
export function deployProgress({
  report,
  clock,
}: {
  report: Report
  clock: Clock
}): (hosts: readonly HostResult[], changed: HostResult) => void {
  return (hosts, changed) => {
    const { group, status, id, reason = '' } = changed
    if (status !== 'converged' && status !== 'running' && status !== 'not started') {
      const text = `${group}: ${id} ${status}: ${reason}`
      report({ level: 'warning', code: 'HOST_FAILED', group, text, data: { ...changed } })
    }
    if (status === 'not started') return
    const converged = hosts.filter((host) => host.status === 'converged').length
    const data: VersionProgress = {
      name: group,
      now: clock.now(),
      health: {
        healthy: converged,
        wanted: hosts.length,
        aim: 'converged',
        instances: hosts
          .filter((host) => host.status === 'running')
          .map((host) => ({ id: host.id, zone: host.zone, waitsFor: 'at work' })),
      },
    }
    const text = `${group}: ${String(converged)} of ${String(hosts.length)} converged`
    report({ level: 'info', code: 'PROGRESS', group, text, data })
  }
}
