import { isJsonObject, type Json, type JsonObject } from '../groups/json.ts'
import { toPointer } from '../groups/problem.ts'
import type { ChefServer } from '../ports/chef-server.ts'
import { canonicalJson } from './canonical-json.ts'
import type { DataBagItem } from './data-bag-items.ts'
import type { Publishable } from './publishable.ts'

/** Items of data bags, as the Chef Server should have them: as their files have them, encrypted values too, but for what servers add. */
export function publishableItems(
  server: Pick<ChefServer, 'items'>,
  items: readonly DataBagItem[],
): Publishable[] {
  const bags = new Map(items.map(({ bag }) => [bag, server.items(bag)]))
  return items.map(({ bag, id, value }) => {
    const title = `data bag item ${bag}/${id}`
    return {
      title,
      name: id,
      objects: bags.get(bag) ?? server.items(bag),
      wanted: withoutAdded(value, bag),
      comparable: (copy) => withoutAdded(copy, bag),
      difference: (before, after) => Promise.resolve([title, ...changedKeys(before, after)].join('\n  ')),
    }
  })
}

/**
 * Servers add these two members to some of their answers, from where they come into files and back onto servers, together or one by one;
 * nodes never see them (Chef::DataBagItem.from_hash). Other values of them are the item's own.
 */
function withoutAdded(item: JsonObject, bag: string): JsonObject {
  const added: JsonObject = { chef_type: 'data_bag_item', data_bag: bag }
  return Object.fromEntries(
    Object.entries(item).filter(([key, value]) => !Object.hasOwn(added, key) || added[key] !== value),
  )
}

/** `+ /key` for what is new, `- /key` for what goes, `~ /key` for another value; never a value, as it may be a secret. */
export function changedKeys(before: JsonObject | undefined, after: JsonObject): string[] {
  return changesBelow([], before ?? {}, after)
}

function changesBelow(path: readonly string[], before: JsonObject, after: JsonObject): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return keys.flatMap((key) => changesOf([...path, key], memberOf(before, key), memberOf(after, key)))
}

function memberOf(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function changesOf(path: readonly string[], before: Json | undefined, after: Json | undefined): string[] {
  if (before === undefined) return [`+ ${toPointer(path)}`]
  if (after === undefined) return [`- ${toPointer(path)}`]
  if (isJsonObject(before) && isJsonObject(after)) return changesBelow(path, before, after)
  return canonicalJson(before) === canonicalJson(after) ? [] : [`~ ${toPointer(path)}`]
}
