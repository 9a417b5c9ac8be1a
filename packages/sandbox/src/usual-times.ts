import type { Times } from './operation.ts'

/** How long things take unless a fault says otherwise; in seconds. */
export const usualTimes: Times = {
  boot: 20,
  statusChecks: 60,
  console: 30,
  stop: 20,
  terminate: 20,
  image: 30,
  snapshot: 20,
  volume: 5,
  loadBalancer: 60,
  groupActivity: 5,
  healthCheck: 30,
  converge: 40,
  agent: 10,
  command: 2,
}
