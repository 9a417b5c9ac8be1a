import { PackageError } from '../../errors.ts'
import type { Group } from '../../groups/nodes.ts'
import type { AgentState } from '../../ports/cloud/commands.ts'

/** Why the agent of an instance runs nothing; undefined where it does. */
export function whyUnreachable({ fields }: Group, agent: AgentState | undefined): PackageError | undefined {
  if (agent === 'online') return undefined
  if (agent === 'silent') {
    return new PackageError('system', 'SSM_AGENT_SILENT', 'its SSM agent is not heard of any more', {
      hint: 'is it running, and does it reach Systems Manager?',
    })
  }
  const { iam_instance_profile: profile } = fields
  const hint =
    profile === undefined
      ? 'iam_instance_profile with AmazonSSMManagedInstanceCore?'
      : `is the agent in its image, and AmazonSSMManagedInstanceCore in ${profile}?`
  return new PackageError('system', 'NO_SSM_AGENT', 'no SSM agent', { hint })
}
