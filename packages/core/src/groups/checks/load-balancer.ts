import type { LoadBalancer, NodeGroup } from '../node-group.ts'
import type { GroupFinding } from './group-finding.ts'

/** The rules of ELBv2: one kind of load balancer speaks http and https, another one tcp; https needs a certificate. */
export function checkLoadBalancer({ load_balancer, dns }: NodeGroup): GroupFinding[] {
  const findings: GroupFinding[] = []
  if (dns && dns.target === 'load_balancer' && !load_balancer) {
    findings.push({ path: ['dns', 'target'], text: 'the target is "load_balancer", but the group has none' })
  }
  if (load_balancer) findings.push(...listenerFindings(load_balancer), ...healthCheckFindings(load_balancer))
  return findings
}

function listenerFindings({ listeners }: LoadBalancer): GroupFinding[] {
  const path = ['load_balancer', 'listeners']
  if (listeners === undefined) return [{ path: ['load_balancer'], text: 'needs "listeners", at least one' }]
  const findings: GroupFinding[] = []
  const ports = new Set<number>()
  const layers = new Set(listeners.map(({ protocol }) => (protocol === 'tcp' ? 'tcp' : 'http')))
  if (layers.size > 1) {
    findings.push({
      path,
      text: 'tcp and http listeners need a load balancer each (NLB and ALB); keep one kind',
    })
  }
  for (const [index, { port, protocol, certificate }] of listeners.entries()) {
    const at = [...path, index]
    if (ports.has(port)) findings.push({ path: at, text: `port ${String(port)} has two listeners` })
    ports.add(port)
    if (protocol === 'https' && certificate === undefined) {
      findings.push({ path: at, text: 'an https listener needs a "certificate"' })
    }
    if (protocol !== 'https' && certificate !== undefined) {
      findings.push({ path: [...at, 'certificate'], text: `a ${protocol} listener takes no "certificate"` })
    }
  }
  return findings
}

function healthCheckFindings({ health_check }: LoadBalancer): GroupFinding[] {
  const { interval = 30, timeout = 5 } = health_check ?? {}
  if (timeout < interval) return []
  const text = `the timeout (${String(timeout)} s) must be shorter than the interval (${String(interval)} s)`
  return [{ path: ['load_balancer', 'health_check'], text }]
}
