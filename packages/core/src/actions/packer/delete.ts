import { cloudAction, planOnly, yes, type CloudCall } from '../../action.ts'
import { announceAccount } from '../../announce-account.ts'
import { exitCodeOf, PackageError } from '../../errors.ts'
import { otherPackerPath, packerPath } from '../../generated-files/packer-path.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { imagesOfGroups, type RegionImages } from '../../images/group-images.ts'
import { imageUses } from '../../images/image-uses.ts'
import { orphanedSnapshots } from '../../images/orphaned-snapshots.ts'
import type { ImageUses } from '../../images/plan-cleaning.ts'
import { removeImages, removeOrphans } from '../../images/remove-images.ts'
import { ownerOf } from '../../ownership.ts'
import type { Image, LeftSnapshot, Snapshot } from '../../ports/cloud/images.ts'

const options = {
  all: { type: 'boolean', summary: 'Those of all groups, where none is named' },
  ...yes,
  ...planOnly,
} as const

/** What becomes of one group. */
interface GroupDeletion {
  region: RegionImages
  group: string
  images: readonly Image[]
  /** Left by an earlier run: their images are gone. */
  snapshots: readonly Snapshot[]
}

export const packerDelete = cloudAction({
  name: 'packer:delete',
  summary: 'Remove every image of a group and its Packer template; refuses while one is in use',
  operands: '[group...]',
  options,
  examples: [
    ['package packer:delete 12_04-bee', 'all images of one group, after asking'],
    ['package packer:delete 12_04-bee --dry-run', 'what would go'],
  ],
  async run(call) {
    const { nodes, clouds, environment, files } = call
    const groups = chosenGroups(call)
    const { project } = ownerOf(nodes.settings, environment)
    const deletions: GroupDeletion[] = []
    for (const region of await imagesOfGroups(clouds, project, groups)) {
      await announceAccount(call, region.cloud)
      deletions.push(...(await planRegion(call, region, project)))
    }
    const templates = groups.flatMap((group) => [packerPath(group), otherPackerPath(group)])
    const paths = templates.filter((path) => files.exists(path))
    const lines = [...deletions.flatMap(linesOf), ...paths.map((path) => `remove  ${path}`)]
    const dryRun = call.options['dry-run']
    const data = {
      dry_run: dryRun,
      images: deletions.flatMap(({ images }) => images.map(({ id }) => id)),
      snapshots: deletions.flatMap(({ snapshots }) => snapshots.map(({ id }) => id)),
      files: paths,
    }
    if (lines.length === 0) return { data, lines: ['nothing to do'] }
    if (dryRun) return { data, lines }
    if (!(await call.confirm(questionOf(data)))) {
      throw new PackageError('cancelled', 'CANCELLED', 'nothing was deleted')
    }
    const left = await carryOut(call, deletions)
    await files.remove(paths)
    if (left.length === 0) return { data, lines }
    return { data: { ...data, snapshots_left: left }, lines, exit: exitCodeOf.partial }
  },
})

async function planRegion(
  { nodes }: CloudCall,
  region: RegionImages,
  project: string,
): Promise<GroupDeletion[]> {
  const { cloud, groups, images, all } = region
  const going = [...images.values()].flat()
  refuseUsed(going, await imageUses(cloud, nodes, going, 'with sharing'))
  const orphans = orphanedSnapshots(await cloud.ownSnapshots({ 'package:project': project }), all)
  return groups.map(({ name }) => ({
    region,
    group: name,
    images: images.get(name) ?? [],
    snapshots: orphans.filter(({ tags }) => tags['group'] === name),
  }))
}

async function carryOut({ report }: CloudCall, deletions: readonly GroupDeletion[]): Promise<LeftSnapshot[]> {
  const left: LeftSnapshot[] = []
  for (const { region, group, images, snapshots } of deletions) {
    const { cloud, all } = region
    left.push(...(await removeImages({ cloud, report, group, all }, images)))
    left.push(...(await removeOrphans({ cloud, report, group }, snapshots)))
  }
  return left
}

function linesOf({ images, snapshots }: GroupDeletion): string[] {
  return [
    ...images.map(({ id, name }) => `remove  ${id}  ${name}`),
    ...snapshots.map(({ id }) => `remove  ${id}: its image is gone`),
  ]
}

/** Throws PackageError (usage) where no group is named and not all are meant. */
function chosenGroups({ nodes, operands, options: { all } }: CloudCall<typeof options>): Group[] {
  if (operands.length > 0 || all) return selectGroups(nodes, operands)
  throw new PackageError('usage', 'NO_GROUP', 'packer:delete needs a group', {
    hint: 'package packer:delete <group>; --all takes every group',
  })
}

function refuseUsed(images: readonly Image[], uses: ImageUses): void {
  const used = images.filter(({ id }) => (uses.get(id) ?? []).length > 0)
  if (used.length === 0) return
  const each = used.map(({ id }) => `${id} (${(uses.get(id) ?? []).join('; ')})`)
  throw new PackageError('conflict', 'IMAGE_IN_USE', `in use: ${each.join(', ')}`, {
    hint: 'delete what uses them first; packer:clean removes the unused ones only',
  })
}

interface Going {
  images: readonly string[]
  snapshots: readonly string[]
  files: readonly string[]
}

function questionOf({ images, snapshots, files }: Going): string {
  const parts = [
    ...(images.length === 0 ? [] : [`${counted(images.length, 'image')} with all snapshots`]),
    ...(snapshots.length === 0 ? [] : [`${counted(snapshots.length, 'snapshot')} of images that are gone`]),
    ...files,
  ]
  return `Remove ${parts.join(', ')}?`
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`
}
