import { describe, expect, test } from 'vitest'

import { parseNodes } from '../groups/parse-nodes.ts'
import { expandRole } from './expand-role.ts'

/** packages/cli/test/chef-agrees.test.ts compares all of this with Chef itself. */
async function expand(nodes: object, name: string) {
  const parsed = await parseNodes('nodes.json', JSON.stringify(nodes))
  const group = parsed.groups.get(name)
  if (!group) throw new Error(`no group ${name}`)
  return expandRole(parsed, group)
}

describe('the expansion of a role', () => {
  test('is depth first, and takes each recipe where it is met first', async () => {
    const { recipes, roles } = await expand(
      {
        a: { run_list: ['recipe[x]', 'role[role-b]', 'recipe[z]', 'recipe[x::default]'] },
        b: { run_list: ['recipe[y]', 'role[role-c]', 'recipe[z]'] },
        c: { run_list: ['recipe[w]'] },
      },
      'a',
    )
    expect(recipes).toEqual(['x::default', 'y::default', 'w::default', 'z::default'])
    expect(roles).toEqual(['role-a', 'role-b', 'role-c'])
  })

  test('ends on roles that name each other', async () => {
    const { recipes } = await expand(
      { a: { run_list: ['role[role-b]', 'recipe[x]'] }, b: { run_list: ['role[role-a]', 'recipe[y]'] } },
      'a',
    )
    expect(recipes).toEqual(['y::default', 'x::default'])
  })

  test('lays the attributes of the outer role over those of the nested one, and unites lists', async () => {
    const { default_attributes } = await expand(
      {
        a: { run_list: ['role[role-b]'], default_attributes: { p: { q: 1 }, list: [3, 1], only: 'a' } },
        b: { default_attributes: { p: { q: 2, r: 3 }, list: [1, 2, 2] } },
      },
      'a',
    )
    expect(default_attributes).toEqual({ p: { q: 1, r: 3 }, list: [1, 2, 3], only: 'a' })
  })

  test('remembers a version, and names two that differ', async () => {
    const same = await expand({ a: { run_list: ['recipe[x@1.2]', 'recipe[x@1.2.0]', 'recipe[x]'] } }, 'a')
    expect(same.recipes).toEqual(['x::default@1.2.0'])
    expect(same.version_conflicts).toEqual([])
    const other = await expand({ a: { run_list: ['recipe[x@1.2]', 'recipe[x@1.3]'] } }, 'a')
    expect(other.version_conflicts).toEqual(['x::default is asked for in version 1.2 and in 1.3'])
  })

  test('names roles that no group makes', async () => {
    const { foreign_roles } = await expand({ a: { run_list: ['role[monitoring]', 'role[role-gone]'] } }, 'a')
    expect(foreign_roles).toEqual(['monitoring', 'role-gone'])
  })
})
