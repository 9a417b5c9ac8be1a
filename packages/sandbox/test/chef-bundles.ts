/** The configuration of a run where a bundle has none. */
export const soloRb = `# As our scripts write it, and what keeps a real Chef out of /var.
root = File.dirname(File.expand_path(__FILE__))
cookbook_path [File.join(root, 'cookbooks')]
role_path File.join(root, 'roles')
data_bag_path File.join(root, 'data_bags')
file_cache_path File.join(root, 'cache')
pid_file File.join(root, "chef.pid")
`

/** Texts by their paths; a path that ends with a slash is an empty folder. */
export type Bundle = Record<string, string>
const dna = (...runList: string[]): Bundle => ({ 'dna.json': JSON.stringify({ id: 'a', run_list: runList }) })

const role = (name: string, ...runList: string[]): Bundle => ({
  [`roles/${name}.json`]: JSON.stringify({
    name,
    chef_type: 'role',
    json_class: 'Chef::Role',
    run_list: runList,
  }),
})

const cookbook = (name: string, metadata = '', recipes = ['default'], version = '1.0.0'): Bundle => ({
  [`cookbooks/${name}/metadata.rb`]: `name '${name}'\nversion '${version}'\n${metadata}\n`,
  ...Object.fromEntries(recipes.map((recipe) => [`cookbooks/${name}/recipes/${recipe}.rb`, ''])),
})

/** Bundles that converge. */
export const converged: Record<string, Bundle> = {
  'nested roles, a circle of them, recipes met twice': {
    ...dna('role[a]', 'recipe[x]', 'x::one', 'role[a]', 'recipe[last]'),
    ...role('a', 'recipe[y]', 'role[b]', 'recipe[z::two]'),
    ...role('b', 'role[c]', 'recipe[x::one]', 'role[a]'),
    ...role('c', 'recipe[y]', 'recipe[y::three]', 'role[c]'),
    ...cookbook('x', '', ['default', 'one']),
    ...cookbook('y', '', ['default', 'three']),
    ...cookbook('z', '', ['two']),
    ...cookbook('last'),
    ...cookbook('unused', "depends 'gone'"),
  },
  'versions, also of a recipe named twice, and default by both its names': {
    ...dna('x', 'x::default', 'x@1.0.0', 'recipe[y::one@1.2]', 'recipe[y::one@1.2.0]'),
    ...cookbook('x'),
    ...cookbook('y', '', ['one'], '1.2.0'),
  },
  'dependencies, a circle of them too, in the versions asked for': {
    ...dna('x'),
    ...cookbook('x', "depends 'y', '~> 1.2'\ndepends \"z\", '>= 0.1'"),
    ...cookbook('y', "depends('x')", ['default'], '1.9.3'),
    'cookbooks/z/metadata.json': JSON.stringify({
      name: 'z',
      version: '0.1.0',
      dependencies: { w: '< 3.0' },
    }),
    'cookbooks/z/recipes/default.rb': '',
    ...cookbook('w', '', [], '2.9'),
  },
  'a role by its file, whatever its name within': {
    ...dna('role[a]'),
    'roles/a.json': role('b', 'recipe[x]')['roles/b.json'] ?? '',
    ...cookbook('x'),
  },
  'two folders of cookbooks, and one cookbook in both': {
    ...dna('x', 'y', 'z'),
    'solo.rb': soloRb.replace(
      "[File.join(root, 'cookbooks')]",
      "[File.join(root, 'site'), File.join(root, 'cookbooks')]",
    ),
    'site/x/metadata.rb': "name 'x'\nversion '3.0.0'\n",
    'site/x/recipes/default.rb': '',
    'site/z/recipes/default.rb': '',
    ...cookbook('x'),
    ...cookbook('y'),
  },
  'an empty run list': { ...dna(), ...cookbook('x') },
}

/** Bundles that Chef refuses. */
export const refused: Record<string, Bundle> = {
  'a missing role': { ...dna('role[a]', 'role[b]'), ...role('b', 'recipe[x]'), ...cookbook('x') },
  'a missing role within another': {
    ...dna('role[a]'),
    ...role('a', 'role[gone]', 'recipe[x]', 'role[lost]'),
    ...cookbook('x'),
  },
  'a missing cookbook': { ...dna('recipe[x]', 'recipe[gone::one]'), ...cookbook('x') },
  'an empty folder for a cookbook': {
    ...dna('recipe[gone]'),
    ...cookbook('x'),
    'cookbooks/gone/': '',
  },
  'a missing recipe': { ...dna('recipe[x::one]', 'recipe[x::gone]'), ...cookbook('x', '', ['one']) },
  'a missing default recipe': { ...dna('recipe[x]'), ...cookbook('x', '', ['one']) },
  'a missing dependency of a dependency': {
    ...dna('recipe[x]'),
    ...cookbook('x', "depends 'y'"),
    ...cookbook('y', "depends 'gone', '~> 1.0'"),
  },
  'a missing dependency in metadata.json, which comes before metadata.rb': {
    ...dna('recipe[x]'),
    ...cookbook('x'),
    'cookbooks/x/metadata.json': JSON.stringify({
      name: 'x',
      version: '1.0.0',
      dependencies: { gone: '>= 0' },
    }),
  },
  'a dependency in another version': {
    ...dna('recipe[x]'),
    ...cookbook('x', "depends 'y', '~> 1.2'"),
    ...cookbook('y', '', ['default'], '2.0.0'),
  },
  'a recipe in a version that is not there': { ...dna('recipe[x@2.0]'), ...cookbook('x') },
  'a recipe in two versions': {
    ...dna('recipe[x@1.0.0]', 'role[a]'),
    ...role('a', 'x@1.1'),
    ...cookbook('x'),
  },
  'what is no item of a run list': { ...dna('recipes[x]'), ...cookbook('x') },
  'broken DNA': { 'dna.json': '{"run_list": [', ...cookbook('x') },
  'no DNA': cookbook('x'),
}

/** Where the words are about Ruby's own libraries, what is compared is that both refuse, and their last line. */
export const refusedInOtherWords: Record<string, Bundle> = {
  'a broken role': { ...dna('role[a]'), 'roles/a.json': '{"name":', ...cookbook('x') },
  'metadata without a name': {
    ...dna('recipe[x]'),
    ...cookbook('x'),
    'cookbooks/x/metadata.rb': "version '1.0.0'\n",
  },
}
