import { cloudAction, planOnly, yes, type CloudCall } from '../../action.ts'
import { announceAccount } from '../../announce-account.ts'
import { exitCodeOf, PackageError } from '../../errors.ts'
import { packerPath } from '../../generated-files/packer-path.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { imagesOfGroups } from '../../images/group-images.ts'
import { imageUses } from '../../images/image-uses.ts'
import type { ImageUses } from '../../images/plan-cleaning.ts'
import { removeImages } from '../../images/remove-images.ts'
import { ownerOf } from '../../ownership.ts'
import type { Image } from '../../ports/cloud/images.ts'

const options = {
  all: { type: 'boolean', summary: 'Those of all groups, where none is named' },
  ...yes,
  ...planOnly,
} as const

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
    const { nodes, clouds, environment, files, report } = call
    const groups = chosenGroups(call)
    const { project } = ownerOf(nodes.settings, environment)
    const regions = await imagesOfGroups(clouds, project, groups)
    for (const { cloud, images } of regions) {
      await announceAccount(call, cloud)
      const all = [...images.values()].flat()
      refuseUsed(all, await imageUses(cloud, nodes, all, 'with sharing'))
    }
    const paths = groups.map(packerPath).filter((path) => files.exists(path))
    const going = regions.flatMap(({ images }) => [...images.values()].flat())
    const dryRun = call.options['dry-run']
    const data = { dry_run: dryRun, images: going.map(({ id }) => id), files: paths }
    if (going.length + paths.length === 0) return { data, lines: ['nothing to do'] }
    const lines = [
      ...going.map(({ id, name }) => `remove  ${id}  ${name}`),
      ...paths.map((path) => `remove  ${path}`),
    ]
    if (dryRun) return { data, lines }
    await confirmed(call, going)
    const left = []
    for (const { cloud, groups: members, images } of regions) {
      for (const { name } of members) {
        left.push(...(await removeImages({ cloud, report, group: name }, images.get(name) ?? [])))
      }
    }
    await files.remove(paths)
    return left.length === 0
      ? { data, lines }
      : { data: { ...data, snapshots_left: left }, lines, exit: exitCodeOf.partial }
  },
})

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

async function confirmed(call: CloudCall, going: readonly Image[]): Promise<void> {
  if (going.length === 0) return
  const what = going.length === 1 ? 'the only image' : `${String(going.length)} images`
  if (await call.confirm(`Remove ${what} with all snapshots?`)) return
  throw new PackageError('cancelled', 'CANCELLED', 'nothing was deleted')
}
