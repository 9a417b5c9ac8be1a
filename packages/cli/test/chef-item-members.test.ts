import { createPrivateKey } from 'node:crypto'

import { expect, test } from 'vitest'

import { chefServerOf } from '../src/systems/chef/connect.ts'
import { clientOf, keyOf, startChefZero, startGoiardi, startWithOrganization } from './chef-servers.ts'
import { nodesText, Project } from './project.ts'
import { describeWith } from './tools.ts'

const servers = [
  ['goiardi', 'goiardi', startGoiardi],
  ['chef-zero', 'chef-zero', (program: string) => startChefZero(program)],
  ['chef-zero', 'an organization of chef-zero', startWithOrganization],
] as const

/** Of what servers add to the items of the bag in some of their answers: all, one and none of it. */
const added = (bag: string) => [
  {},
  { chef_type: 'data_bag_item' },
  { data_bag: bag },
  { chef_type: 'data_bag_item', data_bag: bag },
]

const others = [
  { chef_type: 'cheese' },
  { data_bag: 'elsewhere' },
  { chef_type: 'cheese', data_bag: 'users' },
  { chef_type: 'data_bag_item', data_bag: 'elsewhere' },
]

const clock = {
  now: () => Date.now(),
  sleep: () => Promise.resolve(),
  random: () => 0.5,
  pollInterval: 1000,
}

for (const [tool, name, start] of servers) {
  describeWith(tool, `items with members that servers add, on ${name}`, (program) => {
    test('whatever of them a file has, it is published, left alone, and updated by what else it says', async () => {
      const server = await start(program)
      const project = new Project({ 'nodes.json': nodesText({ __settings__: { project: 'acme' } }) })
      const publish = () => project.runWith(clientOf(server), 'databag:publish')
      const files = [...added('users'), ...others]
      const write = (more: object) => {
        for (const [index, members] of files.entries()) {
          const id = `item-${String(index)}`
          project.write(`data_bags/users/${id}.json`, nodesText({ id, ...members, ...more }))
        }
      }
      const all = (status: string) =>
        files.map((_, index) => `${status.padEnd(9)}  data bag item users/item-${String(index)}\n`).join('')
      write({ password: 'x' })
      expect(publish()).toMatchObject({ exit: 0, out: all('created') })
      expect(publish()).toMatchObject({ exit: 0, out: all('unchanged') })
      write({ password: 'y' })
      const updated = publish()
      expect(updated).toMatchObject({ exit: 0, out: all('updated') })
      expect(updated.err.match(/^ {2}[-+~] .*$/gm)).toEqual(files.map(() => '  ~ /password'))
    })

    test('a copy of somebody else is the same with any of them, and another one with other values of them', async () => {
      const server = await start(program)
      const project = new Project({ 'nodes.json': nodesText({ __settings__: { project: 'acme' } }) })
      const key = createPrivateKey(keyOf(server))
      const items = chefServerOf({ url: server.url, name: 'admin', key }, clock).items('users')
      for (const [index, copy] of added('users').entries()) {
        for (const [of, file] of added('users').entries()) {
          const id = `item-${String(index)}${String(of)}`
          await items.create(id, { id, ...copy })
          project.write(`data_bags/users/${id}.json`, nodesText({ id, ...file }))
        }
      }
      const publish = () => project.runWith(clientOf(server), 'databag:publish')
      const same = publish()
      expect([same.exit, new Set(same.out.match(/^\w+/gm))]).toEqual([0, new Set(['unchanged'])])
      await items.create('other', { id: 'other', chef_type: 'data_bag_item', data_bag: 'users' })
      project.write('data_bags/users/other.json', nodesText({ id: 'other', chef_type: 'cheese' }))
      const conflict = publish()
      expect(conflict.exit).toBe(4)
      expect(conflict.err).toContain('data bag item users/other\n  + /chef_type\n')
      expect(conflict.err).toContain('somebody else has made or changed data bag item users/other;')
    })
  })
}
