import type { SimpleCommandNode, TransformPlugin } from 'just-bash'

import { literalWord } from './literal-word.ts'

const ofOwners = new Set(['--same-owner', '--no-same-owner', '--numeric-owner'])

/** Leaves out what tar is told of owners: a machine's files have none, and just-bash's tar refuses options that it does not know. */
export function tarOwners(): TransformPlugin {
  return { name: 'tar-owners', transform: ({ ast }) => ({ ast: rewrite(ast) as typeof ast }) }
}

function rewrite(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rewrite)
  if (typeof node !== 'object' || node === null) return node
  const copy = Object.fromEntries(Object.entries(node).map(([key, child]) => [key, rewrite(child)]))
  return isTar(copy)
    ? { ...copy, args: copy.args.filter((arg) => !ofOwners.has(literalWord(arg) ?? '')) }
    : copy
}

function isTar(node: object): node is SimpleCommandNode {
  const { type, name } = node as Partial<SimpleCommandNode>
  return type === 'SimpleCommand' && name !== undefined && name !== null && literalWord(name) === 'tar'
}
