import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'

import type { ExpandedRole } from '@package/core/chef/expand-role'

import type { Project } from './project.ts'
import { chefEnvironment } from './tools.ts'

/** What chef-solo computed before it would have converged anything. */
export interface ChefNode {
  recipes: string[]
  roles: string[]
  default_attributes: object
  override_attributes: object
}

export interface ChefRun {
  exit: number | null
  log: string
  node: ChefNode | undefined
}

/** Writes down the expansion at the start of the run; `recipes` with versions, as Chef asks for cookbooks. */
const soloRb = `
root = File.dirname(File.expand_path(__FILE__))
cookbook_path [File.join(root, 'cookbooks')]
role_path File.join(root, 'roles')
data_bag_path File.join(root, 'data_bags')
file_cache_path File.join(root, 'cache')
node_path File.join(root, 'nodes')
pid_file File.join(root, 'chef.pid')
class WriteExpansion < Chef::Handler
  def report
    expansion = run_status.node.run_list.expand('_default', 'disk')
    attributes = run_status.node.attributes
    result = {
      recipes: expansion.recipes.with_fully_qualified_names_and_version_constraints,
      roles: expansion.roles,
      default_attributes: attributes.role_default,
      override_attributes: attributes.role_override,
    }
    File.write(File.join(File.dirname(Chef::Config[:config_file]), 'expansion.json'), JSON.generate(result))
  end
end
start_handlers << WriteExpansion.new
`

/**
 * Lays the project out as a node has it (requirements, section 3: roles by their own name) in bundle/, with an empty
 * recipe for each that run lists name.
 */
export function layOutBundle(project: Project): void {
  project.write('bundle/solo.rb', soloRb)
  for (const file of readdirSync(project.path('roles'))) {
    const role = project.json(`roles/${file}`) as { run_list: string[] }
    cpSync(project.path(`roles/${file}`), project.path(`bundle/roles/role-${basename(file)}`))
    for (const item of role.run_list) writeEmptyRecipe(project, item)
  }
}

function writeEmptyRecipe(project: Project, item: string): void {
  const [, cookbook, recipe, , version = '1.0.0'] = /^recipe\[(.+)::([^@]+)(@(.+))?\]$/.exec(item) ?? []
  if (cookbook === undefined || recipe === undefined) return
  project.write(`bundle/cookbooks/${cookbook}/metadata.rb`, `name '${cookbook}'\nversion '${version}'\n`)
  project.write(`bundle/cookbooks/${cookbook}/recipes/${recipe}.rb`, '')
}

/** `chef-solo --why-run` with a DNA file of the project. */
export function whyRun(chefSolo: string, project: Project, dna: string): ChefRun {
  const words = [
    '--why-run',
    '--config',
    project.path('bundle/solo.rb'),
    '--json-attributes',
    project.path(dna),
  ]
  const { status, stdout, stderr } = spawnSync('ruby', [chefSolo, ...words, '--log_level', 'error'], {
    cwd: project.folder,
    encoding: 'utf8',
    env: chefEnvironment(),
  })
  const node = project.has('bundle/expansion.json')
    ? (project.json('bundle/expansion.json') as unknown as ChefNode)
    : undefined
  return { exit: status, log: stdout + stderr, node }
}

/** The part of `nodes:explain` that speaks of Chef. */
export function explained(project: Project, group: string): ExpandedRole {
  const { data } = project.runJson('nodes:explain', group) as { data: { chef: ExpandedRole } }
  return data.chef
}
