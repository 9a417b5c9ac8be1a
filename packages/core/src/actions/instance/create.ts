import { cloudAction, type Outcome } from '../../action.ts'
import { announceAccount } from '../../announce-account.ts'
import { PackageError } from '../../errors.ts'
import { checkKeyType, type LaunchKey, keyPairName } from '../../instances/key-pair.ts'
import { ownerOf } from '../../ownership.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import { carryOutLaunch } from './carry-out-launch.ts'
import { instanceData } from './instance-data.ts'
import { launchOptions, launchRequest, type LaunchRequest } from './launch-request.ts'
import { planLaunch, plannedLines } from './plan-launch.ts'

export const instanceCreate = cloudAction({
  name: 'instance:create',
  summary: 'Launch one-off instances of a group, from its newest image or its source_ami',
  operands: '<group>',
  options: launchOptions,
  examples: [
    [
      'package instance:create bigchaindb --key key.pem --name one',
      'as many as the count of the group, in one zone',
    ],
    [
      'package instance:create bigchaindb --key key.pem --name two --count 1 --dry-run',
      'what one would take',
    ],
    ['package instance:create bigchaindb --key key.pem --name two --zone eu-central-1a', 'in that zone'],
  ],
  async run(call): Promise<Outcome> {
    const { nodes, environment, clouds, shell, options } = call
    const request = launchRequest(call)
    const { group, name, keyPath } = request
    const owner = ownerOf(nodes.settings, environment)
    const publicKey = await shell.publicKeyOf(keyPath)
    checkKeyType(keyPath, publicKey)
    const key: LaunchKey = { name: keyPairName(owner, group, keyPath), publicKey }
    const cloud = clouds.in(clouds.regionOf(group))
    await announceAccount(call, cloud)
    const plan = await planLaunch(call, { cloud, owner, key }, request)
    if (plan.missing === 0 && plan.unfinished.length === 0) throw complete(request, plan.existing)
    if (options['dry-run']) {
      const lines = await plannedLines(call, cloud, request, key, plan)
      return { data: { dry_run: true, group: group.name, name, launches: plan.missing, steps: lines }, lines }
    }
    const { launched, instances } = await carryOutLaunch(call, { cloud, owner, key }, request, plan)
    return {
      data: { dry_run: false, group: group.name, name, launched, instances: instances.map(instanceData) },
      lines: [...instances.map((instance) => lineOf(instance, launched)), ...nextSteps(request, instances)],
    }
  },
})

function lineOf({ id, type, zone, publicIp, privateIp = '' }: Instance, launched: readonly string[]): string {
  const verb = launched.includes(id) ? 'launched' : 'finished'
  return `${verb}  ${id}  ${type}  ${zone}  ${publicIp ?? privateIp}`
}

function nextSteps({ group, keyPath }: LaunchRequest, [first]: readonly Instance[]): string[] {
  if (first === undefined) return []
  return [`log in: package instance:ssh ${group.name} --id ${first.id} --key ${keyPath}`]
}

function complete({ group, name, count }: LaunchRequest, existing: readonly Instance[]): PackageError {
  const ids = existing.map(({ id }) => id).join(', ')
  return new PackageError(
    'conflict',
    'INSTANCES_EXIST',
    `${group.name} has ${String(existing.length)} named ${name} already: ${ids}`,
    {
      hint: `for more of them, name a --count above ${String(Math.max(count, existing.length))}; for others, another --name; to begin anew: package instance:delete ${group.name} --name ${name}`,
    },
  )
}
