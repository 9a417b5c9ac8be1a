import { projectAction, type ProjectCall } from '../../action.ts'
import { expandRole, type ExpandedRole } from '../../chef/expand-role.ts'
import { roleOf } from '../../chef/role.ts'
import { PackageError } from '../../errors.ts'
import { selectGroup } from '../../groups/select-groups.ts'
import { alignColumns } from '../align-columns.ts'
import { explainAll, explainKey, type ExplainedValue } from './explained-values.ts'

type Parsed = Pick<ProjectCall, 'nodes' | 'nodesText'>

export const nodesExplain = projectAction({
  name: 'nodes:explain',
  summary:
    'Show a merged group: every value with the place that it comes from, and what Chef makes of its role',
  operands: '<group> [key]',
  options: {},
  examples: [
    ['package nodes:explain 12_04-bee', 'the whole group'],
    [
      'package nodes:explain 12_04-bee /default_attributes/environment',
      'one value; the key is a JSON pointer',
    ],
  ],
  async run(call) {
    const [name, key, ...rest] = call.operands
    if (name === undefined || rest.length > 0) {
      const hint = 'package nodes:explain <group> [key]'
      throw new PackageError('usage', 'OPERANDS', 'nodes:explain takes one group, and at most one key', {
        hint,
      })
    }
    return key === undefined ? explainGroup(call, name) : explainOne(call, name, key)
  },
})

function explainOne(call: Parsed, name: string, key: string) {
  const group = selectGroup(call.nodes, name)
  const values = explainKey(call.nodes, group, call.nodesText, key)
  return { data: { group: name, values }, lines: alignColumns(values.map(rowOf)) }
}

function explainGroup(call: Parsed, name: string) {
  const group = selectGroup(call.nodes, name)
  const values = explainAll(call.nodes, group, call.nodesText)
  const role = roleOf(group)
  const chef = expandRole(call.nodes, group)
  const runList = role.run_list.map((item, index) => `  ${String(index + 1).padStart(2)}  ${item}`)
  const lines = [
    ...alignColumns(values.map(rowOf)),
    '',
    `run list of roles/${name}.json:`,
    ...(runList.length > 0 ? runList : ['  (empty)']),
    ...chefLines(chef, role.run_list.length),
  ]
  return { data: { group: name, values, role, chef }, lines }
}

function rowOf({ pointer, value, origin }: ExplainedValue): string[] {
  return [pointer, JSON.stringify(value), `${origin.group}, ${origin.file}:${String(origin.line)}`]
}

/** What Chef adds to the role: nothing worth a line unless roles are nested or a recipe is there twice. */
function chefLines(chef: ExpandedRole, items: number): string[] {
  const lines: string[] = []
  if (chef.roles.length > 1 || chef.recipes.length !== items) {
    const recipes = chef.recipes.map((recipe, index) => `  ${String(index + 1).padStart(2)}  ${recipe}`)
    lines.push('', `what Chef runs (roles: ${chef.roles.join(', ')}):`, ...recipes)
    const { default_attributes, override_attributes } = chef
    lines.push('', 'attributes, nested roles merged:')
    lines.push(
      ...JSON.stringify({ default_attributes, override_attributes }, null, 2)
        .split('\n')
        .map((line) => `  ${line}`),
    )
  }
  for (const role of chef.foreign_roles) {
    lines.push('', `role[${role}] is made by no group; what it adds is not shown`)
  }
  for (const conflict of chef.version_conflicts) lines.push('', `Chef will refuse this: ${conflict}`)
  return lines
}
