import { PackageError } from '../errors.ts'
import type { ScalingActivity } from '../ports/cloud/scaling-groups.ts'

interface Cause {
  /** What AWS says of it (User Guide of Auto Scaling, "Troubleshoot: EC2 instance launch failures"; "AMI issues"). */
  says: RegExp
  code: string
  hint: (group: string, instanceId: string) => string
}

const sideBySide = 'both versions run side by side during an update: it needs room for twice as many'

/** The first that fits. */
const causes: readonly Cause[] = [
  {
    says: /abandoned/,
    code: 'CONVERGE_FAILED',
    hint: (group, id) =>
      `the first Chef run of its instances failed: its log is on the console of each (aws ec2 get-console-output --output text --instance-id ${id}), and with --keep-failed, which lets instances stay, in their /var/log/package/converge.log; mend the recipe and build a new image (package packer:run ${group})`,
  },
  {
    says: /\b(AMI|image)\b.*(does not exist|cannot be (run|described)|not available)/i,
    code: 'IMAGE_GONE',
    hint: (group) =>
      `somebody has deregistered its image, or not shared it any more: build another (package packer:run ${group}), then package autoscale:update ${group}`,
  },
  {
    says: /\b(limit|quota)\b/i,
    code: 'QUOTA',
    hint: () =>
      `${sideBySide}: delete instances that are not needed, or ask for more "Running On-Demand" vCPUs in Service Quotas, and run the same command again`,
  },
  {
    says: /sufficient|capacity/i,
    code: 'INSUFFICIENT_CAPACITY',
    hint: (group) =>
      `${sideBySide}, and AWS has no such machines in the zones of ${group} now: give it more zones or another instance_type in nodes.json, or run the same command again later`,
  },
]

/** What AWS says and none of these fits. */
const otherCause: Omit<Cause, 'says'> = {
  code: 'LAUNCH_FAILED',
  hint: () => 'mend what AWS says, and run the same command again',
}

/** What a version's launches failed of, by the newest activity of them that failed. */
export function launchFailure(
  name: string,
  group: string,
  count: number,
  { message, description }: ScalingActivity,
): PackageError {
  const why = message === '' ? description : message
  const [id = ''] = /\bi-[0-9a-f]+/.exec(description) ?? []
  const last = id === '' ? 'the last one' : `the last one that of ${id}`
  const text = `${name}: ${String(count)} launches failed, ${last}: ${why}`
  const cause = causes.find(({ says }) => says.test(why)) ?? otherCause
  return new PackageError('system', cause.code, text, { hint: cause.hint(group, id) })
}
