// What role:create does: `jsonnet -m roles roles.jsonnet` writes the same files, though not atomically. It is spared
// jsonnet's own string functions, with which it takes a hundred times as long.
local nodes = import 'nodes.json';
local base = nodes.__base__;
local qualified(item) = if item == 'recipe[sudo]' then 'recipe[sudo::default]' else item;
local role(name, group) = {
  name: 'role-' + name, chef_type: 'role', json_class: 'Chef::Role', description: group.description,
  override_attributes: {}, default_attributes: base.default_attributes + group.default_attributes,
  run_list: std.map(qualified, base.run_list + group.run_list + base.post_run_list),
};
{ [name + '.json']: role(name, nodes[name]) for name in std.objectFields(nodes) if name != '__base__' }
