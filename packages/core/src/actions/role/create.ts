import { dryRun, projectAction } from '../../action.ts'
import { roleFile } from '../../generated-files/role-file.ts'
import { warnOfChef } from '../../generated-files/warn-of-chef.ts'
import { writeFiles } from '../../generated-files/write-files.ts'
import { selectGroups } from '../../groups/select-groups.ts'

export const roleCreate = projectAction({
  name: 'role:create',
  aliases: ['role:update', 'roles:create', 'roles:update'],
  summary: 'Write roles/<group>.json, the Chef role of each group',
  operands: '[group...]',
  options: dryRun,
  examples: [
    ['package role:create', 'the roles of all groups'],
    ['package role:create 12_04-bee --dry-run', 'what a change to nodes.json does to one role'],
  ],
  async run({ nodes, operands, options, files, report }) {
    const groups = selectGroups(nodes, operands)
    warnOfChef(files, nodes, groups, report)
    return writeFiles(files, groups.map(roleFile), options['dry-run'])
  },
})
