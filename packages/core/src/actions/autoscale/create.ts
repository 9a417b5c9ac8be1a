import { dryRun, projectAction } from '../../action.ts'
import { autoscaleDnaFile } from '../../generated-files/dna-file.ts'
import { roleFile, withNestedRoles } from '../../generated-files/role-file.ts'
import { warnOfChef } from '../../generated-files/warn-of-chef.ts'
import { writeFiles } from '../../generated-files/write-files.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { autoscaleGroups } from './applicability.ts'

export const autoscaleCreate = projectAction({
  name: 'autoscale:create',
  summary: 'Write dna/asg/<group>.json, what the nodes of each autoscale group converge, and its role',
  operands: '[group...]',
  options: dryRun,
  examples: [
    ['package autoscale:create 12_04-bee', 'the DNA file of one autoscale group, and its role'],
    ['package autoscale:create', 'of every group whose "autoscale" is an object'],
  ],
  async run({ nodes, operands, options, files, report }) {
    const groups = selectGroups(nodes, operands, autoscaleGroups)
    warnOfChef(files, nodes, groups, report)
    const roles = groups.flatMap((group) => withNestedRoles(nodes, group)).map(roleFile)
    return writeFiles(files, [...roles, ...groups.map(autoscaleDnaFile)], options['dry-run'])
  },
})
