import { dryRun, overwrite, projectAction } from '../../action.ts'

export const databagPublish = projectAction({
  name: 'databag:publish',
  summary: 'Put the items of data_bags/ on the Chef Server',
  operands: '[bag]',
  options: { ...dryRun, ...overwrite },
  examples: [
    ['package databag:publish', 'the items of all data bags that differ from those on the server'],
    ['package databag:publish users --dry-run', 'which keys of the items of users would change'],
  ],
  async run(call) {
    const { nodes, operands, options, files, report } = call
    const { readDataBagItems } = await import('../../chef-server/data-bag-items.ts')
    const items = readDataBagItems(files, operands[0])
    const isDry = options['dry-run']
    if (items.length === 0) return { data: { dry_run: isDry, items: [] }, lines: ['nothing to do'] }
    const { publish, publishedLines } = await import('../../chef-server/publish.ts')
    const { publishableItems } = await import('../../chef-server/publishable-item.ts')
    const server = await call.chefServer()
    const publication = { files, nodes, report, server, dryRun: isDry, overwrite: options.overwrite }
    const published = await publish(publication, publishableItems(server, items))
    const data = items.map(({ bag, id }, index) => {
      const { status, diff } = published[index] ?? {}
      return { data_bag: bag, item: id, status, diff }
    })
    return { data: { dry_run: isDry, items: data }, lines: publishedLines(published) }
  },
})
