import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import {
  clientOf,
  keyOf,
  startChefZero,
  startGoiardi,
  startWithOrganization,
  type TestServer,
} from './chef-servers.ts'
import { nodesText, Project } from './project.ts'
import { describeWith } from './tools.ts'

const settings = { project: 'acme' }
const web = { run_list: ['recipe[sudo]', 'recipe[nginx::server@1.2]'], default_attributes: { port: 80 } }
const secret = 'hunter2-secret'

function fleet(nodes: object = { web }): Project {
  return new Project({ 'nodes.json': nodesText({ __settings__: settings, ...nodes }) })
}

function publishing(server: TestServer, project: Project) {
  return (...words: string[]) => project.runWith(clientOf(server), ...words)
}

const servers = [
  ['goiardi', 'goiardi', startGoiardi],
  ['chef-zero', 'chef-zero', (program: string) => startChefZero(program)],
  ['chef-zero', 'an organization of chef-zero', startWithOrganization],
] as const

for (const [tool, name, start] of servers) {
  describeWith(tool, `publishing to ${name}`, (program) => {
    test('a role is created, left alone, and updated with the difference told first', async () => {
      const server = await start(program)
      const project = fleet()
      const run = publishing(server, project)
      const created = run('role:create', '--publish')
      expect(created).toMatchObject({
        exit: 0,
        out: 'created    roles/web.json\ncreated    role role-web\n',
        err: `Chef Server ${server.url}, as client admin\n`,
      })
      expect(run('roles:update', '--publish').out).toBe(
        'unchanged  roles/web.json\nunchanged  role role-web\n',
      )
      project.write(
        'nodes.json',
        nodesText({ __settings__: settings, web: { ...web, run_list: ['recipe[sudo]'] } }),
      )
      const dry = run('role:update', '--publish', '--dry-run')
      expect(dry.out).toContain('-    "recipe[nginx::server@1.2]"')
      const updated = run('role:update', '--publish')
      expect(updated.out).toBe('updated    roles/web.json\nupdated    role role-web\n')
      expect(updated.err).toContain('-    "recipe[nginx::server@1.2]"')
    })

    test('items of data bags: only what differs, keys and never values', async () => {
      const server = await start(program)
      const project = fleet()
      const run = publishing(server, project)
      const item = (id: string, more: object) =>
        project.write(`data_bags/users/${id}.json`, nodesText({ id, ...more }))
      item('alice', { password: secret, groups: { wheel: true } })
      item('bob', {
        encrypted: { encrypted_data: 'c2VjcmV0\n', iv: 'aXY=\n', version: 3, cipher: 'aes-256-gcm' },
      })
      const dry = run('databag:publish', '--dry-run')
      expect(dry.out).toContain('data bag item users/alice\n  + /groups\n  + /id\n  + /password')
      expect(run('databag:publish', 'users').out).toBe(
        'created    data bag item users/alice\ncreated    data bag item users/bob\n',
      )
      item('alice', { password: `${secret}-new`, groups: { wheel: true, docker: true } })
      const updated = run('databag:publish')
      expect(updated.out).toBe('updated    data bag item users/alice\nunchanged  data bag item users/bob\n')
      expect(updated.err).toContain('data bag item users/alice\n  + /groups/docker\n  ~ /password\n')
      expect(JSON.stringify([dry, updated])).not.toContain(secret)
    })

    test('what another project changed is a conflict, told and not written, until it is to be written over', async () => {
      const server = await start(program)
      const other = publishing(
        server,
        new Project({
          'nodes.json': nodesText({
            __settings__: { project: 'other' },
            web: { ...web, description: 'theirs' },
          }),
        }),
      )
      const project = fleet()
      const run = publishing(server, project)
      expect(run('role:create', '--publish').exit).toBe(0)
      expect(other('role:create', '--publish').exit).toBe(4)
      expect(other('role:create', '--publish', '--overwrite').exit).toBe(0)
      project.write('nodes.json', nodesText({ __settings__: settings, web: {}, db: {} }))
      const refused = run('role:create', '--publish')
      expect(refused.exit).toBe(4)
      expect(refused.err).toContain('-  "description": "theirs"')
      expect(refused.err).toContain(
        'CHEF_CONFLICT: on the Chef Server somebody else has made or changed role role-web;',
      )
      expect(run('role:create', 'db', '--publish').out).toContain('created    role role-db')
      expect(run('role:create', '--publish', '--overwrite').out).toContain('updated    role role-web')
    })
  })
}

describeWith('goiardi', 'a Chef Server that refuses', (goiardi) => {
  test('200 roles, then one of them', async () => {
    const server = await startGoiardi(goiardi)
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`web-${String(index)}`, web]))
    const project = fleet(many)
    const run = publishing(server, project)
    const timed = (what: string) => {
      const start = performance.now()
      const { exit, out } = run('role:create', '--publish')
      process.stderr.write(`${what}: ${String(Math.round(performance.now() - start))} ms\n`)
      return { exit, out }
    }
    const created = timed('200 roles created')
    expect(created.exit).toBe(0)
    expect(created.out.match(/^created {4}role /gm)).toHaveLength(200)
    expect(timed('200 roles unchanged').out.match(/^unchanged {2}role /gm)).toHaveLength(200)
    project.write('nodes.json', nodesText({ __settings__: settings, ...many, 'web-7': { run_list: [] } }))
    expect(timed('1 of 200 roles updated').out.match(/^updated {4}role .*/gm)).toEqual([
      'updated    role role-web-7',
    ])
  })

  test("a key that is not the client's, and a client that is not known", async () => {
    const server = await startGoiardi(goiardi)
    const project = fleet()
    for (const [key, name] of [
      ['chef-validator.pem', 'admin'],
      ['admin.pem', 'nobody'],
    ] as const) {
      const { exit, err } = project.runWith(clientOf(server, key, name), 'role:create', '--publish')
      expect(exit).toBe(1)
      expect(err).toContain(`error CHEF_UNAUTHORIZED: the Chef Server does not know ${name} by this key`)
    }
  })

  test('a client without the right, and an address of no Chef Server', async () => {
    const server = await startGoiardi(goiardi)
    const project = fleet()
    const validator = clientOf(server, 'chef-validator.pem', 'chef-validator')
    const forbidden = project.runWith(validator, 'role:create', '--publish')
    expect(forbidden.err).toContain('error CHEF_NOT_ALLOWED: client chef-validator may not')
    expect(forbidden.exit).toBe(1)
    const elsewhere = { ...server, url: `${server.url}/organizations/nowhere` }
    const unknown = project.runWith(clientOf(elsewhere), 'role:create', '--publish')
    expect(unknown.exit).toBe(1)
    expect(unknown.err).toMatch(/error CHEF_(ANSWER|NOT_FOUND): .*\/organizations\/nowhere/)
  })

  test("the client of Chef's own credentials, by profile, with the key in the file or beside it", async () => {
    const server = await startGoiardi(goiardi)
    const project = fleet()
    const write = (text: string, mode: number) => {
      mkdirSync(join(server.folder, '.chef'), { recursive: true })
      writeFileSync(join(server.folder, '.chef/credentials'), text)
      chmodSync(join(server.folder, '.chef/credentials'), mode)
    }
    const run = (more: Record<string, string> = {}) =>
      project.runWith({ HOME: server.folder, ...more }, 'role:create', '--publish')
    expect(run().err).toContain('error CHEF_SERVER_MISSING: the Chef Server is not known')
    expect(project.has('roles/web.json')).toBe(false)
    const members = `client_name = "admin"\nchef_server_url = "${server.url}"\n`
    write(`[default]\n${members}client_key = "../admin.pem"\n`, 0o644)
    expect(run()).toMatchObject({ exit: 0 })
    expect(run({ CHEF_PROFILE: 'work' }).err).toContain('has no profile "work"')
    write(`[work]\n${members}client_key = """\n${keyOf(server)}"""\n`, 0o600)
    expect(run({ CHEF_PROFILE: 'work' })).toMatchObject({ exit: 0 })
    chmodSync(join(server.folder, '.chef/credentials'), 0o640)
    expect(run({ CHEF_PROFILE: 'work' }).err).toContain('error CHEF_KEY: others can read the key in')
    write('[default]\nclient_key = """', 0o600)
    const broken = run()
    expect(broken.err).toContain('error CHEF_CREDENTIALS:')
    expect(broken.exit).toBe(3)
  })
})

test('files that are no items are named, each with its place; nothing is sent', () => {
  const project = fleet()
  project.write('data_bags/users/alice.json', '{"id": "bob"}')
  project.write('data_bags/users/carol.json', '{"id": "carol", "id": "carol"}')
  project.write('data_bags/users/dave.json', '{"id": ')
  const { exit, err } = project.run('databag:publish')
  expect(exit).toBe(3)
  expect(err).toContain('error DATA_BAG_INVALID')
  expect(err).toContain('data_bags/users/alice.json  "id" must be "alice", as the file is named')
  expect(err).toContain('data_bags/users/carol.json:1:')
  expect(err).toContain('data_bags/users/dave.json:1:')
  expect(project.run('databag:publish', 'usrs').err).toContain('did you mean "users"?')
  expect(project.run('databag:publish', 'a', 'b').exit).toBe(2)
})
