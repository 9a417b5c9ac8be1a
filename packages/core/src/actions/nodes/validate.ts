import { projectAction } from '../../action.ts'
import { findCookbooks } from '../../chef/cookbooks.ts'
import { missingRecipes } from '../../chef/missing-recipes.ts'
import { PackageError } from '../../errors.ts'
import { warnOfChef } from '../../generated-files/warn-of-chef.ts'
import { locateFindings } from '../../groups/locate.ts'
import type { Group, Nodes } from '../../groups/nodes.ts'
import { originOf } from '../../groups/origin.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import type { Files } from '../../ports/files.ts'
import { worldOpenRules } from '../../security-groups/world-open-rules.ts'

export const nodesValidate = projectAction({
  name: 'nodes:validate',
  summary: 'Check nodes.json: every problem at once, each with its place; then what is allowed but unwise',
  operands: '[group...]',
  options: {
    cookbooks: {
      type: 'boolean',
      summary: 'Look for every recipe of the run lists too, of all groups or of those named',
    },
  },
  examples: [
    ['package nodes:validate', 'before a commit'],
    ['package nodes:validate --cookbooks 12_04-bee', 'and whether the recipes of one group exist'],
    ['package nodes:validate --output json', 'for an editor or a CI system'],
  ],
  async run({ nodes, nodesText, operands, options, files, report }) {
    const groups = [...nodes.groups.values()]
    const named = selectGroups(nodes, operands)
    if (options.cookbooks) checkCookbooks(files, nodes, nodesText, named)
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

/** Throws PackageError (config) with every item of these groups' run lists that no cookbook fulfils. */
function checkCookbooks(files: Files, nodes: Nodes, text: string, groups: readonly Group[]): void {
  const folders = findCookbooks(files, nodes)
  const findings = groups.flatMap((group) =>
    missingRecipes(files, folders, group).map((finding) => ({
      path: originOf(nodes, group, finding.path),
      text: finding.text,
    })),
  )
  const problems = locateFindings('nodes.json', text, findings)
  if (problems.length === 0) return
  const count = problems.length === 1 ? 'a recipe' : `${String(problems.length)} recipes`
  throw new PackageError('config', 'RECIPES_MISSING', `the run lists name ${count} that no cookbook has`, {
    problems,
    hint: 'add the cookbooks to a folder of __settings__.cookbook_paths, or correct the run lists',
  })
}

/** RubyGems has Chef Infra 19 only as the build that asks Progress's licence server (docs.chef.io/client/19.1/license). */
function needsChefLicence({ fields }: Group): boolean {
  const { install, version = '' } = fields.chef ?? {}
  return install === 'gem' && Number(version.split('.')[0]) >= 19
}
