import { projectAction } from '../../action.ts'
import type { Group } from '../../groups/nodes.ts'
import { alignColumns } from '../align-columns.ts'

export const nodesList = projectAction({
  name: 'nodes:list',
  summary: 'List the groups: how many nodes, of which type, where',
  operands: '',
  options: {},
  examples: [['package nodes:list', 'all groups of nodes.json']],
  async run({ nodes }) {
    const groups = [...nodes.groups.values()].map(summaryOf)
    const rows = groups.map((group) => [
      group.group,
      group.nodes,
      group.instance_type,
      group.region,
      group.description,
    ])
    return {
      data: { groups },
      lines: alignColumns([['GROUP', 'NODES', 'TYPE', 'REGION', 'DESCRIPTION'], ...rows]),
    }
  },
})

function summaryOf({ name, fields }: Group) {
  const { autoscale, count, instance_type = '', region = '', description = '' } = fields
  const nodes = autoscale
    ? `asg ${String(autoscale.node_min)}-${String(autoscale.node_max)}`
    : count === undefined
      ? 'one-off'
      : String(count)
  return { group: name, nodes, instance_type, region, description }
}
