import { projectAction } from '../../action.ts'
import { warnOfRunLists } from '../../generated-files/warn-of-run-lists.ts'
import { worldOpenRules } from './world-open-rules.ts'

export const nodesValidate = projectAction({
  name: 'nodes:validate',
  summary: 'Check nodes.json: every problem at once, each with its place; then what is allowed but unwise',
  operands: '',
  options: {},
  examples: [
    ['package nodes:validate', 'before a commit'],
    ['package nodes:validate --output json', 'for an editor or a CI system'],
  ],
  async run({ nodes, files, report }) {
    const groups = [...nodes.groups.values()]
    warnOfRunLists(files, nodes, groups, report)
    for (const text of worldOpenRules(nodes)) report({ level: 'warning', code: 'WORLD_OPEN', text })
    const count = groups.length === 1 ? '1 group' : `${String(groups.length)} groups`
    return { data: { groups: groups.length }, lines: [`nodes.json is valid: ${count}`] }
  },
})
