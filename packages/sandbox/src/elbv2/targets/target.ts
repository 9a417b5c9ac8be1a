/** What receives requests: an instance, or an address, at a port. Times are milliseconds since 1970. */
export interface Target {
  id: string
  port: number
  registeredAt: number
  /** Once it is deregistered: until when it drains. It is gone then. */
  drainsUntil?: number
  /** Results of health checks from before the checks were changed. */
  healthyAt?: number
  unhealthyAt?: number
}

export function targetKey({ id, port }: Pick<Target, 'id' | 'port'>): string {
  return `${id}:${String(port)}`
}
