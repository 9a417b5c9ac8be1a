import { parseTree, type Node } from 'jsonc-parser'

import { toPointer, type Finding, type Path, type Problem } from './problem.ts'

export interface Position {
  line: number
  column: number
}

/** Finds places of a JSON text by their path. Built only when a position is needed: it costs more than parsing. */
export class Locator {
  readonly #root: Node | undefined
  readonly #lineStarts: number[]
  readonly #members = new Map<Node, ReadonlyMap<string, Node | undefined>>()

  constructor(text: string) {
    this.#root = parseTree(text)
    this.#lineStarts = lineStartsOf(text)
  }

  /** Where the value at `path` begins, or its key with `atKey`; the nearest enclosing value when there is none. */
  position(path: Path, atKey = false): Position {
    let node = this.#root
    for (const [depth, key] of path.entries()) {
      const member: Node | undefined = node && this.#member(node, key)
      if (member === undefined) break
      node = atKey && depth === path.length - 1 ? keyOf(member) : member
    }
    return this.#at(node?.offset ?? 0)
  }

  /** Objects are indexed when they are first asked for: thousands of findings may lie in one. */
  #member(node: Node, key: string | number): Node | undefined {
    if (typeof key === 'number') return node.children?.[key]
    let members = this.#members.get(node)
    if (members === undefined) {
      const properties = (node.children ?? []).filter(({ type }) => type === 'property')
      members = new Map(properties.map(({ children }) => [String(children?.[0]?.value), children?.[1]]))
      this.#members.set(node, members)
    }
    return members.get(key)
  }

  #at(offset: number): Position {
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#lineStarts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] as number) + 1 }
  }
}

/** Gives every finding its line and column, in the order of the file; the same finding twice is shown once. */
export function locateFindings(file: string, text: string, findings: readonly Finding[]): Problem[] {
  const locator = new Locator(text)
  const problems = new Map<string, Problem & Position>()
  for (const { path, atKey, text: sentence } of findings) {
    const problem = { file, ...locator.position(path, atKey), pointer: toPointer(path), text: sentence }
    problems.set(`${problem.pointer} ${sentence}`, problem)
  }
  return [...problems.values()].sort((a, b) => a.line - b.line || a.column - b.column)
}

function keyOf(value: Node): Node {
  return value.parent?.type === 'property' ? (value.parent.children?.[0] ?? value) : value
}

function lineStartsOf(text: string): number[] {
  const starts = [0]
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
    starts.push(index + 1)
  }
  return starts
}
