import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Json, JsonObject } from './json.ts'
import { mergeBase } from './merge-base.ts'

/** Names that JavaScript objects have already, and that an attribute may have all the same. */
const inherited = ['toString', 'valueOf', 'hasOwnProperty']
const key = fc.oneof(fc.constantFrom('a', 'b', 'c', ...inherited), fc.string({ minLength: 1, maxLength: 3 }))
const allowedKey = key.filter((name) => !['__proto__', 'prototype', 'constructor'].includes(name))
const json = fc.letrec<{ value: Json; object: JsonObject; list: Json[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    tie('object'),
    tie('list'),
  ),
  object: fc.dictionary(allowedKey, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  list: fc.array(tie('value'), { maxLength: 4 }),
}))
const field = fc.constantFrom('autoscale', 'tags', 'run_list', 'default_attributes', 'source_ami', 'region')
const group = fc.dictionary(field, json.value, { noNullPrototype: true }) as fc.Arbitrary<JsonObject>

/** The rule of requirements section 2, word for word and without deepmerge. */
function ruleOf(base: Json | undefined, own: Json | undefined): Json | undefined {
  if (own === undefined) return base
  if (base === undefined) return own
  if (Array.isArray(base) && Array.isArray(own)) return base.concat(own)
  if (isObject(base) && isObject(own)) {
    return Object.fromEntries([...Object.entries(base), ...Object.entries(own)])
  }
  return own
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const merge = (base: JsonObject, own: JsonObject) => mergeBase(base, own) as JsonObject

describe('the merge of __base__ and a group', () => {
  test('is the rule, for every field', () => {
    fc.assert(
      fc.property(group, group, (base, own) => {
        const merged = merge(base, own)
        expect(new Set(Object.keys(merged))).toEqual(new Set([...Object.keys(base), ...Object.keys(own)]))
        for (const name of Object.keys(merged)) expect(merged[name]).toEqual(ruleOf(base[name], own[name]))
      }),
      { numRuns: 2000 },
    )
  })

  test('appends lists, base first, and takes nothing out', () => {
    fc.assert(
      fc.property(json.list, json.list, (base, own) => {
        expect(merge({ run_list: base }, { run_list: own })['run_list']).toEqual([...base, ...own])
      }),
    )
  })

  test('replaces a key of the base whole: it never looks deeper than level 1', () => {
    fc.assert(
      fc.property(allowedKey, json.object, json.object, (name, base, own) => {
        const merged = merge({ tags: { [name]: base } }, { tags: { [name]: own } })
        expect(merged['tags']).toEqual({ [name]: own })
      }),
    )
  })

  test('keeps attributes named like members of every object, at every depth', () => {
    fc.assert(
      fc.property(fc.constantFrom(...inherited), json.object, (name, value) => {
        const attributes = { [name]: { [name]: { ...value, [name]: 1 } } }
        expect(merge({ default_attributes: attributes }, {})['default_attributes']).toEqual(attributes)
        expect(merge({}, { default_attributes: attributes })['default_attributes']).toEqual(attributes)
        expect(
          merge({ default_attributes: attributes }, { default_attributes: { a: 1 } })['default_attributes'],
        ).toEqual({
          ...attributes,
          a: 1,
        })
      }),
    )
  })

  test('takes the value of the group when the types differ', () => {
    expect(merge({ autoscale: false }, { autoscale: { node_min: 1 } })).toEqual({
      autoscale: { node_min: 1 },
    })
    expect(merge({ autoscale: { node_min: 1 } }, { autoscale: false })).toEqual({ autoscale: false })
    expect(merge({ tags: { a: 1 } }, { tags: ['a'] })).toEqual({ tags: ['a'] })
    expect(merge({ tags: ['a'] }, { tags: { a: 1 } })).toEqual({ tags: { a: 1 } })
    expect(merge({ region: 'a' }, { region: { a: 1 } })).toEqual({ region: { a: 1 } })
  })

  test('is the group where the base is empty, and the base where the group is, and associative with an empty group', () => {
    fc.assert(
      fc.property(group, group, (base, own) => {
        expect(merge({}, own)).toEqual(own)
        expect(merge(base, {})).toEqual(base)
        expect(merge(merge(base, {}), own)).toEqual(merge(base, merge({}, own)))
        expect(merge(merge(base, own), {})).toEqual(merge(base, own))
      }),
    )
  })

  test('changes neither of its inputs', () => {
    fc.assert(
      fc.property(group, group, (base, own) => {
        const before = JSON.stringify([base, own])
        merge(base, own)
        expect(JSON.stringify([base, own])).toBe(before)
      }),
    )
  })
})
