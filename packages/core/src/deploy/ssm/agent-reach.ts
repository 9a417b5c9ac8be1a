import type { Group } from '../../groups/nodes.ts'
import type { AgentState } from '../../ports/cloud/commands.ts'
import type { HostEnd } from '../deploy-host.ts'

/** Why the agent of an instance runs nothing; undefined where it does. */
export function whyUnreachable(
  { fields }: Group,
  agent: AgentState | undefined,
): (HostEnd & { reason: string }) | undefined {
  if (agent === 'online') return undefined
  if (agent === 'silent') {
    return {
      status: 'unreachable',
      code: 'SSM_AGENT_SILENT',
      reason: 'its SSM agent is not heard of any more',
    }
  }
  const profile = fields.iam_instance_profile
  const advice =
    profile === undefined
      ? 'iam_instance_profile with AmazonSSMManagedInstanceCore?'
      : `is the agent in its image, and AmazonSSMManagedInstanceCore in ${profile}?`
  return { status: 'unreachable', code: 'NO_SSM_AGENT', reason: `no SSM agent: ${advice}` }
}
