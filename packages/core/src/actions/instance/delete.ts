import { cloudAction, planOnly, yes, type CloudCall } from '../../action.ts'
import { announceAccount } from '../../announce-account.ts'
import { PackageError } from '../../errors.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { isLive } from '../../instances/group-instances.ts'
import { carryOutDeletion, type Deletion } from './carry-out-deletion.ts'
import { checkChoice, choice } from './named-instances.ts'
import { deletionLines, isNothing, planDeletion } from './plan-deletion.ts'

const options = {
  ...choice,
  all: { type: 'boolean', summary: 'Look in all groups; which instances is still for --name or --id to say' },
  ...yes,
  ...planOnly,
} as const

export const instanceDelete = cloudAction({
  name: 'instance:delete',
  summary: 'Terminate instances of a group; release their elastic IPs, remove their DNA files',
  operands: '[group...]',
  options,
  examples: [
    ['package instance:delete bigchaindb --name one', 'all of that Name, after asking'],
    ['package instance:delete bigchaindb --id i-0123456789abcdef0 --yes', 'one, without asking'],
    ['package instance:delete bigchaindb --name one --dry-run', 'what would go'],
  ],
  async run(call) {
    const groups = chosenGroups(call)
    const announced = new Set<string>()
    const deletions: Deletion[] = []
    for (const group of groups) {
      const region = call.clouds.regionOf(group)
      const cloud = call.clouds.in(region)
      if (!announced.has(region)) await announceAccount(call, cloud)
      announced.add(region)
      const deletion = await planDeletion(call, cloud, group)
      if (!isNothing(deletion)) deletions.push(deletion)
    }
    const dryRun = call.options['dry-run']
    const data = { dry_run: dryRun, deleted: deletions.map(dataOf) }
    if (deletions.length === 0) return { data, lines: ['no instances'] }
    const lines = deletions.flatMap(deletionLines)
    if (dryRun) return { data, lines }
    await confirmed(call, deletions)
    for (const deletion of deletions) await carryOutDeletion(call, deletion)
    return { data, lines }
  },
})

/** Throws PackageError (usage) where no group is named and not all are meant, or no instance. */
function chosenGroups({ nodes, operands, options: chosen }: CloudCall<typeof options>): Group[] {
  checkChoice(chosen)
  if (operands.length === 0 && !chosen.all) {
    throw new PackageError('usage', 'NO_GROUP', 'instance:delete needs a group', {
      hint: 'package instance:delete <group> --name NAME; --all looks in every group',
    })
  }
  if (chosen.name === undefined && chosen.id === undefined) {
    throw new PackageError('usage', 'NO_CHOICE', 'instance:delete needs to be told which instances', {
      hint: '--name NAME takes all of that Name, --id one; package instance:list shows them',
    })
  }
  return selectGroups(nodes, operands)
}

async function confirmed(call: CloudCall, deletions: readonly Deletion[]): Promise<void> {
  const live = deletions.flatMap(({ instances }) => instances.filter(isLive))
  if (live.length === 0) return
  const some = live.slice(0, 10).map(({ id }) => id)
  const more = live.length > some.length ? ` and ${String(live.length - some.length)} more` : ''
  const plural = live.length === 1 ? 'instance' : `${String(live.length)} instances`
  if (await call.confirm(`Terminate ${plural} (${some.join(', ')}${more})?`)) return
  throw new PackageError('cancelled', 'CANCELLED', 'nothing was deleted')
}

function dataOf({ group, region, instances, addresses, files, keyPairs }: Deletion) {
  return {
    group,
    region,
    instances: instances.filter(isLive).map(({ id }) => id),
    addresses: addresses.map(({ publicIp }) => publicIp),
    key_pairs: keyPairs.map(({ name }) => name),
    files,
  }
}
