/** The parameters of a query request as a tree: `Filter.1.Value.1=x` is `{Filter: {1: {Value: {1: 'x'}}}}`. */
export type QueryTree = { readonly text?: string; readonly children: ReadonlyMap<string, QueryTree> }

interface Growing {
  text?: string
  children: Map<string, Growing>
}

export function queryTree(parameters: Iterable<readonly [name: string, value: string]>): QueryTree {
  const root: Growing = { children: new Map() }
  for (const [name, value] of parameters) {
    let node = root
    for (const part of name.split('.')) {
      const child = node.children.get(part) ?? { children: new Map() }
      node.children.set(part, child)
      node = child
    }
    node.text = value
  }
  return root
}

/** The members of a list, in the order of their numbers. */
export function numbered(tree: QueryTree): QueryTree[] {
  return [...tree.children.entries()]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)
}
