import { projectAction } from '../../action.ts'
import { warnOfChef } from '../../generated-files/warn-of-chef.ts'
import type { Group } from '../../groups/nodes.ts'
import { worldOpenRules } from '../../security-groups/world-open-rules.ts'

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
    warnOfChef(files, nodes, groups, report)
    for (const text of worldOpenRules(nodes, nodes.securityGroups.keys())) {
      report({ level: 'warning', code: 'WORLD_OPEN', text })
    }
    for (const { name } of groups.filter(needsChefLicence)) {
      const text = `${name}: the gem of Chef 19 stops without a licence key; take version 18, or "cinc"`
      report({ level: 'warning', code: 'CHEF_LICENCE', group: name, text })
    }
    const count = groups.length === 1 ? '1 group' : `${String(groups.length)} groups`
    return { data: { groups: groups.length }, lines: [`nodes.json is valid: ${count}`] }
  },
})

/** RubyGems has Chef Infra 19 only as the build that asks Progress's licence server (docs.chef.io/client/19.1/license). */
function needsChefLicence({ fields }: Group): boolean {
  const { install, version = '' } = fields.chef ?? {}
  return install === 'gem' && Number(version.split('.')[0]) >= 19
}
