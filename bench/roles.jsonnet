// What role:create does, in jsonnet: `jsonnet -m roles roles.jsonnet` writes the same files, though not atomically.
local nodes = import 'nodes.json';
local base = nodes.__base__;
local qualified(item) =
  if std.length(std.findSubstr('::', item)) > 0 || std.startsWith(item, 'role[') then item
  else std.strReplace(item, ']', '::default]');
{
  [name + '.json']: {
    local group = nodes[name],
    name: 'role-' + name,
    chef_type: 'role',
    json_class: 'Chef::Role',
    description: group.description,
    override_attributes: {},
    default_attributes: base.default_attributes + group.default_attributes,
    run_list: std.map(qualified, base.run_list + group.run_list + base.post_run_list),
  }
  for name in std.objectFields(nodes)
  if !std.startsWith(name, '__')
}
