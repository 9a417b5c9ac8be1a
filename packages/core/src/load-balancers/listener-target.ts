import type { Listener } from '../groups/node-group.ts'
import type { AwsTargetGroup } from '../ports/cloud/load-balancers.ts'

/** What a listener forwards to: the instances' own port, on which an https listener speaks http too. */
export function listenerTarget(listener: Listener): Pick<AwsTargetGroup, 'port' | 'protocol'> {
  const { port, protocol, target_port = port } = listener
  return { port: target_port, protocol: protocol === 'tcp' ? 'TCP' : 'HTTP' }
}
