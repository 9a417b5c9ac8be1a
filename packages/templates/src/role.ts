import { jsonDocument } from './json-document.ts'

export interface RoleInput {
  name: string
  description: string
  override_attributes: object
  default_attributes: object
  run_list: readonly string[]
}

/** roles/<group>.json: a role as Chef reads it from disk (docs.chef.io/roles, "JSON Format"). */
export function roleDocument(role: RoleInput): string {
  return jsonDocument({
    name: role.name,
    chef_type: 'role',
    json_class: 'Chef::Role',
    description: role.description,
    override_attributes: role.override_attributes,
    default_attributes: role.default_attributes,
    run_list: role.run_list,
  })
}
