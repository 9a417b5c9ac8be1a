import { dryRun, overwrite, projectAction, type Outcome } from '../../action.ts'
import { PackageError } from '../../errors.ts'
import { roleFile } from '../../generated-files/role-file.ts'
import { warnOfChef } from '../../generated-files/warn-of-chef.ts'
import { writeFiles } from '../../generated-files/write-files.ts'
import { selectGroups } from '../../groups/select-groups.ts'

export const roleCreate = projectAction({
  name: 'role:create',
  aliases: ['role:update', 'roles:create', 'roles:update'],
  summary: 'Write roles/<group>.json, the Chef role of each group',
  operands: '[group...]',
  options: {
    ...dryRun,
    publish: { type: 'boolean', summary: 'Also put the roles on the Chef Server' },
    ...overwrite,
  },
  examples: [
    ['package role:create', 'the roles of all groups'],
    ['package role:create 12_04-bee --dry-run', 'what a change to nodes.json does to one role'],
    ['package role:create 12_04-bee --publish', 'the role, here and on the Chef Server'],
  ],
  async run(call): Promise<Outcome> {
    const { nodes, operands, options, files, report } = call
    if (options.overwrite && !options.publish) {
      throw new PackageError('usage', 'OPTION_VALUE', '--overwrite is of use with --publish only', {
        hint: 'package role:create --publish --overwrite',
      })
    }
    const groups = selectGroups(nodes, operands)
    warnOfChef(files, nodes, groups, report)
    const isDry = options['dry-run']
    // A project that names no server is told so before anything is written.
    const server = options.publish ? await call.chefServer() : undefined
    const written = await writeFiles(files, groups.map(roleFile), isDry)
    if (server === undefined || groups.length === 0) return written
    const { publish, publishedLines } = await import('../../chef-server/publish.ts')
    const { publishableRole } = await import('../../chef-server/publishable-role.ts')
    const publication = { files, nodes, report, server, dryRun: isDry, overwrite: options.overwrite }
    const published = await publish(
      publication,
      groups.map((group) => publishableRole(server, group)),
    )
    const roles = published.map(({ publishable, status, diff }) => ({ role: publishable.name, status, diff }))
    return {
      data: { ...written.data, published: roles },
      lines: [...written.lines, ...publishedLines(published)],
    }
  },
})
