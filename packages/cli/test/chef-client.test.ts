import { spawnSync } from 'node:child_process'

import { expect, test } from 'vitest'

import { clientOf, startGoiardi, type TestServer } from './chef-servers.ts'
import { nodesText, Project } from './project.ts'
import { chefEnvironment, describeWith } from './tools.ts'

const recipe = `
user = data_bag_item('users', 'alice')
file node['greeting']['path'] do
  content "#{node['greeting']['text']} #{user['full_name']}"
end
`

/** What `knife cookbook upload` does, which the gem of Chef is without. */
const upload = `
require 'chef'
require 'chef/cookbook_loader'
require 'chef/cookbook_uploader'
url, name, key, folder = ARGV
loader = Chef::CookbookLoader.new(folder)
loader.load_cookbooks
rest = Chef::ServerAPI.new(url, client_name: name, signing_key_filename: key)
Chef::CookbookUploader.new(loader.cookbooks, rest: rest).upload_cookbooks
`

/** With the key that the node got when it registered. */
const askNode = `
require 'chef'
url, name, key = ARGV
node = Chef::ServerAPI.new(url, client_name: name, signing_key_filename: key).get("nodes/#{name}")
puts "#{node['run_list'].map(&:to_s)} #{node['automatic']['roles']}"
`

function ruby(project: Project, ...words: string[]) {
  return spawnSync('ruby', words, { cwd: project.folder, encoding: 'utf8', env: chefEnvironment() })
}

function projectOf(server: TestServer): Project {
  const project = new Project()
  const greeting = { path: project.path('greeting'), text: 'hello' }
  const web = { run_list: ['recipe[greeting]'], default_attributes: { greeting } }
  project.write('nodes.json', nodesText({ __settings__: { project: 'acme' }, web }))
  project.write('data_bags/users/alice.json', nodesText({ id: 'alice', full_name: 'Alice A.' }))
  project.write('cookbooks/greeting/metadata.rb', "name 'greeting'\nversion '1.0.0'\n")
  project.write('cookbooks/greeting/recipes/default.rb', recipe)
  project.write(
    'client.rb',
    `
chef_server_url '${server.url}'
node_name 'node-1'
client_key '${project.path('client.pem')}'
validation_client_name 'chef-validator'
validation_key '${server.folder}/chef-validator.pem'
file_cache_path '${project.path('cache')}'
file_backup_path '${project.path('backup')}'
pid_file '${project.path('chef.pid')}'
`,
  )
  project.write('first-boot.json', nodesText({ run_list: ['role[role-web]'] }))
  return project
}

describeWith('goiardi', 'a node of a Chef Server', (goiardi) => {
  describeWith('chef-client', 'with real Chef', (chefClient) => {
    test('registers, and converges what was published', async () => {
      const server = await startGoiardi(goiardi)
      const project = projectOf(server)
      const environment = clientOf(server)
      expect(project.runWith(environment, 'role:create', '--publish')).toMatchObject({ exit: 0 })
      expect(project.runWith(environment, 'databag:publish')).toMatchObject({ exit: 0 })
      const key = environment['CHEF_CLIENT_KEY'] ?? ''
      const uploaded = ruby(project, '-e', upload, server.url, 'admin', key, project.path('cookbooks'))
      expect(uploaded).toMatchObject({ status: 0 })
      const words = ['-c', project.path('client.rb'), '-j', project.path('first-boot.json'), '-l', 'error']
      const { status, stdout, stderr } = ruby(project, chefClient, ...words)
      expect({ status, stderr, stdout }).toMatchObject({ status: 0 })
      expect(project.read('greeting')).toBe('hello Alice A.')
      const node = ruby(project, '-e', askNode, server.url, 'node-1', project.path('client.pem'))
      expect(node.stdout).toBe('["role[role-web]"] ["role-web"]\n')
    })
  })
})
