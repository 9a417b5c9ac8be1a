import { cloudAction } from '../../action.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { imagesOfGroups } from '../../images/group-images.ts'
import { digestTag } from '../../images/image-tags.ts'
import { imageUses } from '../../images/image-uses.ts'
import { ownerOf } from '../../ownership.ts'
import { alignColumns } from '../align-columns.ts'

interface ListedImage {
  group: string
  id: string
  name: string
  state: string
  created_at: string
  digest: string | null
  used_by: readonly string[]
}

export const packerList = cloudAction({
  name: 'packer:list',
  summary: "List the groups' images, newest first, with what uses each",
  operands: '[group...]',
  options: {},
  examples: [
    ['package packer:list', 'all images of the project'],
    ['package packer:list 12_04-bee --output json', 'those of one group, for a program'],
  ],
  async run({ nodes, operands, clouds, environment }) {
    const { project } = ownerOf(nodes.settings, environment)
    const images: ListedImage[] = []
    for (const region of await imagesOfGroups(clouds, project, selectGroups(nodes, operands))) {
      const uses = await imageUses(region.cloud, nodes, [...region.images.values()].flat(), 'without sharing')
      for (const { name } of region.groups) {
        for (const { id, name: imageName, state, createdAt, tags } of region.images.get(name) ?? []) {
          images.push({
            group: name,
            id,
            name: imageName,
            state,
            created_at: createdAt,
            digest: tags[digestTag] ?? null,
            used_by: uses.get(id) ?? [],
          })
        }
      }
    }
    return { data: { images, sharing_asked: false }, lines: linesOf(images) }
  },
})

function linesOf(images: readonly ListedImage[]): string[] {
  if (images.length === 0) return ['no images']
  const rows = images.map((image) => [
    image.group,
    image.id,
    image.created_at,
    image.state,
    image.digest?.slice(0, 8) ?? '-',
    image.used_by.length === 0 ? '-' : image.used_by.join('; '),
  ])
  return [
    ...alignColumns([['GROUP', 'IMAGE', 'CREATED', 'STATE', 'DIGEST', 'USED BY'], ...rows]),
    'whom images are shared with is not asked here: package packer:clean --dry-run asks',
  ]
}
