import type { Group } from '../groups/nodes.ts'

export type PackerFormat = 'json' | 'hcl'

const defaultFormat: PackerFormat = 'json'

/** What a template's name ends in: Packer tells the formats apart by nothing else. */
const endings = { json: '.json', hcl: '.pkr.json' } as const

export function packerFormat({ fields }: Group): PackerFormat {
  return fields.image?.format ?? defaultFormat
}

/** The template of a group's image, in the project. */
export function packerPath(group: Group): string {
  return pathOf(group, packerFormat(group))
}

/** Where it would be, had the group chosen the other format. */
export function otherPackerPath(group: Group): string {
  return pathOf(group, packerFormat(group) === 'json' ? 'hcl' : 'json')
}

function pathOf({ name }: Group, format: PackerFormat): string {
  return `packer/${name}${endings[format]}`
}
