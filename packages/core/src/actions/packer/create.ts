import { dryRun, projectAction } from '../../action.ts'
import type { PackerFile } from '../../generated-files/packer-file.ts'
import { roleFile, withNestedRoles } from '../../generated-files/role-file.ts'
import { warnOfChef } from '../../generated-files/warn-of-chef.ts'
import { writeFiles } from '../../generated-files/write-files.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import type { Report } from '../../ports/report.ts'

export const packerCreate = projectAction({
  name: 'packer:create',
  summary: "Write packer/<group>.json, the template of each group's image, and the roles it is built from",
  operands: '[group...]',
  options: dryRun,
  examples: [
    ['package packer:create 12_04-bee', 'one image template, and its role'],
    ['package packer:create --dry-run', 'what would change, as a diff'],
  ],
  async run({ nodes, operands, options, files, report }) {
    const groups = selectGroups(nodes, operands)
    warnOfChef(files, nodes, groups, report)
    const { packerFiles } = await import('../../generated-files/packer-file.ts')
    const templates = await packerFiles(files, nodes, groups)
    for (const template of templates) warnOfLosses(template, report)
    const roles = groups.flatMap((group) => withNestedRoles(nodes, group)).map(roleFile)
    return writeFiles(files, [...roles, ...templates.map(({ file }) => file)], options['dry-run'])
  },
})

function warnOfLosses({ group, missingDataBags, lostTags }: PackerFile, report: Report): void {
  if (missingDataBags.length > 0) {
    const text = `${group}: data_bags/ has no ${missingDataBags.join(', ')}; the image is made without`
    report({ level: 'warning', code: 'DATA_BAG_MISSING', group, text })
  }
  if (lostTags.length > 0) {
    const text = `${group}: Packer takes "{{" for its own; the image is made without the tag ${lostTags.join(', ')}`
    report({ level: 'warning', code: 'TAG_LOST', group, text })
  }
}
