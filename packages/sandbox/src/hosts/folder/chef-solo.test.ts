import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { TestSite } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'

const site = new TestSite(8)
let key: string
let machine: Machine

beforeAll(async () => {
  key = await site.newKey('key')
})
beforeEach(async () => {
  machine = site.machine([key])
  await site.hosts.answer([machine])
  await site.trust(machine)
})
afterAll(() => site.close())

/** As converge.sh writes it. */
const soloRb = `root = File.dirname(File.expand_path(__FILE__))
cookbook_path [File.join(root, 'cookbooks')]
role_path File.join(root, 'roles')
data_bag_path File.join(root, 'data_bags')
`

const bundle = {
  'solo.rb': soloRb,
  'dna.json': '{"id":"web","package":{"stage":"instance"},"run_list":["role[role-web]"]}',
  'roles/role-web.json': '{"name":"role-web","run_list":["recipe[web@1.2.0]"]}',
  'cookbooks/web/metadata.rb': "name 'web'\nversion '1.2.0'\n",
  'cookbooks/web/recipes/default.rb': 'raise "a stand-in runs nothing"',
}

function lay(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    const place = site.disk(machine, `/opt/package/${path}`)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text)
  }
}

const converge = async (words = '') =>
  site.ssh(
    machine,
    `sudo env CHEF_LICENSE=accept-no-persist chef-solo --config /opt/package/solo.rb --json-attributes /opt/package/dna.json ${words}`,
  )

test('says what it would converge, and leaves the node on the disk', async () => {
  lay(bundle)
  const { exitCode, stdout, stderr } = await converge()
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toContain('this is a stand-in of the sandbox, no recipe is run\n')
  expect(stdout).toContain('Would converge web@1.2.0\n')
  const place = site.disk(machine, `/opt/package/nodes/${machine.privateDnsName}.json`)
  expect(JSON.parse(readFileSync(place, 'utf8'))).toEqual({
    name: machine.privateDnsName,
    normal: { id: 'web', package: { stage: 'instance' }, tags: [] },
    automatic: {
      recipes: ['web', 'web::default'],
      expanded_run_list: ['web::default@1.2.0'],
      roles: ['role-web'],
    },
    run_list: ['role[role-web]'],
  })
})

test('runs from where its solo.rb is, by short options and relative names', async () => {
  lay(bundle)
  const { exitCode, stdout } = await site.ssh(
    machine,
    'cd /opt/package && chef-solo -c solo.rb -j dna.json -W',
  )
  expect({ exitCode, stdout }).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Would converge') as string,
  })
})

describe('an unexpected call is refused, not guessed at:', () => {
  test.each([
    ['a setting that is computed', "cookbook_path Dir.glob('/opt/*')", 'solo.rb:5: cookbook_path Dir.glob'],
    ['a string with Ruby in it', 'role_path "#{root}/roles"', 'solo.rb:5: role_path'],
    ['a condition', 'if true', 'solo.rb:5: if true'],
    ['a name that nothing has set', 'role_path other', 'solo.rb:5: role_path other'],
    ['more on a line than a value', "role_path 'roles' unless root", "solo.rb:5: role_path 'roles' unless"],
  ])('%s', async (_name, line, complaint) => {
    lay({ ...bundle, 'solo.rb': `${soloRb}${line}\n` })
    const { exitCode, stdout } = await converge()
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`reads only literal settings. /opt/package/${complaint}`)
    expect(stdout).not.toContain('Would converge')
  })

  test('an option that it does not know', async () => {
    lay(bundle)
    const { exitCode, stdout } = await converge('--override-runlist x')
    expect(exitCode).toBe(1)
    expect(stdout).toContain('this stand-in of the sandbox does not know --override-runlist')
  })
})

test('several folders of cookbooks, the first that has one wins; comments and other settings do not matter', async () => {
  lay({
    ...bundle,
    'solo.rb': `# comment\nlog_level :info # loud\n\ncookbook_path ['/opt/package/site', "/opt/package/cookbooks"]\nrole_path('/opt/package/roles')\n`,
    'roles/role-web.json': '{"run_list":["web","other"]}',
    'site/web/metadata.rb': "name 'web'\nversion '3.0.0'\n",
    'site/web/recipes/default.yml': 'resources: []',
    'cookbooks/other/recipes/default.rb': '',
  })
  const { exitCode, stdout } = await converge()
  expect(exitCode, stdout).toBe(0)
  expect(stdout).toContain('  - web (3.0.0)\n  - other (0.0.0)\n')
})

describe('whoever installs Chef', () => {
  // As install-chef.sh looks for it.
  const find = "chef-solo --version 2>/dev/null | sed -n 's/^[^0-9]*\\([0-9][0-9.]*\\).*/\\1/p' | head -n 1"

  test('finds a Chef 18', async () => {
    expect((await site.ssh(machine, find)).stdout).toMatch(/^18\.\d+\.\d+\n$/)
    expect((await site.ssh(machine, 'chef-solo -v')).stdout).toContain('stand-in')
  })

  test.each([
    ['curl -fsSL --retry 5 -o "install-chef.sh" "https://omnitruck.cinc.sh/install.sh"'],
    ['wget -q -O install-chef.sh https://omnitruck.chef.io/install.sh'],
  ])('of another version gets an installer that does nothing: %s', async (fetch) => {
    const ended = await site.ssh(machine, `${fetch} && sudo bash install-chef.sh -P cinc -v 17.10`)
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' })
    expect(ended.stdout).toBe('install.sh: this is a stand-in of the sandbox, nothing is installed\n')
  })

  test('as a gem is told so', async () => {
    const ended = await site.ssh(
      machine,
      'command -v gem > /dev/null && sudo gem install --no-document chef-bin',
    )
    expect(ended).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('nothing is installed') as string,
    })
  })

  test('from elsewhere learns that there is no network', async () => {
    const ended = await site.ssh(machine, 'curl -o x https://example.com/install.sh')
    expect(ended).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('no network') as string })
  })
})
