import { dryRun, projectAction } from '../../action.ts'
import { roleFile, withNestedRoles } from '../../generated-files/role-file.ts'
import { warnOfChef } from '../../generated-files/warn-of-chef.ts'
import { warnOfImage } from '../../generated-files/warn-of-image.ts'
import { writeFiles } from '../../generated-files/write-files.ts'
import { selectGroups } from '../../groups/select-groups.ts'

export const packerCreate = projectAction({
  name: 'packer:create',
  summary: "Write the Packer template of each group's image, in packer/, and the roles it is built from",
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
    for (const template of templates) warnOfImage(template, report)
    const roles = groups.flatMap((group) => withNestedRoles(nodes, group)).map(roleFile)
    return writeFiles(files, [...roles, ...templates.map(({ file }) => file)], options['dry-run'])
  },
})
