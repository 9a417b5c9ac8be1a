import { expect, test } from 'vitest'

import { canonicalJson } from './canonical-json.ts'
import { comparableRole } from './publishable-role.ts'

test('a role is the same in every way that servers write it', () => {
  const ours = {
    name: 'w',
    run_list: ['recipe[sudo::default]', 'role[role-db]', 'recipe[a::b@1.2]'],
    env_run_lists: {},
  }
  const theirs = { run_list: ['sudo', 'role[role-db]', 'recipe[sudo]', 'a::b@1.2'], name: 'w' }
  expect(canonicalJson(comparableRole(theirs))).toBe(canonicalJson(ours))
})

test("run lists of environments, which nodes.json does not have, are somebody else's work and a difference", () => {
  const role = { name: 'w', run_list: [], env_run_lists: { production: ['sudo'] } }
  expect(comparableRole(role)).toEqual({ ...role, env_run_lists: { production: ['recipe[sudo::default]'] } })
})

test('a changed order of a run list is a difference', () => {
  const role = (...items: string[]) => canonicalJson(comparableRole({ run_list: items }))
  expect(role('recipe[a]', 'recipe[b]')).not.toBe(role('recipe[b]', 'recipe[a]'))
})
