import { cloudAction, planOnly, type CloudCall } from '../../action.ts'
import { announceAccount } from '../../announce-account.ts'
import { PackageError, exitCodeOf } from '../../errors.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { imagesOfGroups, type RegionImages } from '../../images/group-images.ts'
import { imageUses } from '../../images/image-uses.ts'
import { orphanedSnapshots } from '../../images/orphaned-snapshots.ts'
import { candidates, type CleaningStep, planCleaning } from '../../images/plan-cleaning.ts'
import { removeImages, removeOrphans } from '../../images/remove-images.ts'
import { ownerOf } from '../../ownership.ts'
import type { Snapshot } from '../../ports/cloud/images.ts'

const usualKeep = 10

const options = {
  keep: {
    type: 'string',
    alias: 'n',
    summary: `How many of each group to keep (default ${String(usualKeep)})`,
  },
  ...planOnly,
} as const

/** What cleaning does to one group. */
interface GroupCleaning {
  region: RegionImages
  group: string
  steps: CleaningStep[]
  /** Left by an earlier run: their images are gone. */
  snapshots: Snapshot[]
}

export const packerClean = cloudAction({
  name: 'packer:clean',
  summary: 'Keep the newest images of each group, remove the others with their snapshots; never one in use',
  operands: '[group...]',
  options,
  examples: [
    ['package packer:clean --dry-run', 'what would go, and why the others stay'],
    ['package packer:clean -n 5 12_04-bee', 'all but the newest five of one group'],
  ],
  async run(call) {
    const { nodes, operands, clouds, environment } = call
    const keep = keepOf(call.options.keep)
    const { project } = ownerOf(nodes.settings, environment)
    const cleanings: GroupCleaning[] = []
    for (const region of await imagesOfGroups(clouds, project, selectGroups(nodes, operands))) {
      await announceAccount(call, region.cloud)
      cleanings.push(...(await planRegion(call, region, { project, keep, areAll: operands.length === 0 })))
    }
    const dryRun = call.options['dry-run']
    const left = dryRun ? [] : await carryOut(call, cleanings)
    const data = { dry_run: dryRun, images: cleanings.flatMap(dataOf), snapshots_left: left }
    const lines = cleanings.flatMap(linesOf)
    const outcome = { data, lines: lines.length === 0 ? ['no images'] : lines }
    return left.length === 0 ? outcome : { ...outcome, exit: exitCodeOf.partial }
  },
})

async function planRegion(
  { nodes }: CloudCall,
  region: RegionImages,
  { project, keep, areAll }: { project: string; keep: number; areAll: boolean },
): Promise<GroupCleaning[]> {
  const { cloud, groups, images, all } = region
  const asked = groups.flatMap(({ name }) => candidates(images.get(name) ?? [], keep))
  const uses = await imageUses(cloud, nodes, asked, 'with sharing')
  const orphans = orphanedSnapshots(await cloud.ownSnapshots({ 'package:project': project }), all)
  const named = new Set(groups.map(({ name }) => name))
  const gone = orphans.map(groupOf).filter((name) => areAll && !nodes.groups.has(name))
  return [...named, ...new Set(gone)].map((name) => ({
    region,
    group: name,
    steps: planCleaning(images.get(name) ?? [], keep, uses),
    snapshots: orphans.filter((snapshot) => groupOf(snapshot) === name),
  }))
}

/** Nothing of ours is without one; somebody may have taken the tag off. */
function groupOf({ tags }: Snapshot): string {
  return tags['group'] ?? 'no group'
}

async function carryOut({ report }: CloudCall, cleanings: readonly GroupCleaning[]) {
  const left = []
  for (const { region, group, steps, snapshots } of cleanings) {
    const { cloud, all } = region
    const going = steps.flatMap((step) => (step.do === 'remove' ? [step.image] : []))
    left.push(...(await removeImages({ cloud, report, group, all }, going)))
    left.push(...(await removeOrphans({ cloud, report, group }, snapshots)))
  }
  return left
}

function keepOf(text: string | undefined): number {
  if (text === undefined) return usualKeep
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new PackageError('usage', 'OPTION_VALUE', `--keep is ${JSON.stringify(text)}`, {
    hint: 'it is how many images of each group are to stay: 0 or more',
  })
}

function dataOf({ region, group, steps }: GroupCleaning) {
  return steps.map(({ do: step, image, reason }) => ({
    region: region.cloud.region,
    group,
    id: image.id,
    name: image.name,
    do: step,
    reason,
  }))
}

function linesOf({ region, group, steps, snapshots }: GroupCleaning): string[] {
  if (steps.length + snapshots.length === 0) return []
  return [
    `${group} in ${region.cloud.region}`,
    ...steps.map(
      ({ do: step, image, reason }) => `  ${step.padEnd(6)}  ${image.id}  ${image.name}: ${reason}`,
    ),
    ...snapshots.map(({ id }) => `  remove  ${id}: its image is gone`),
  ]
}
