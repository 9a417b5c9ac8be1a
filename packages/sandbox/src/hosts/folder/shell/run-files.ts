import type { SimpleCommandNode, TransformPlugin, WordNode } from 'just-bash'

/** The stand-in that a command which is a path is run by. */
export const fileRunner = 'sandbox-run-file'

/** Has files that are called by their path run as their first line says. */
export function runFiles(programs: ReadonlySet<string>): TransformPlugin {
  return { name: 'run-files', transform: ({ ast }) => ({ ast: rewrite(ast, programs) as typeof ast }) }
}

/** Commands are found wherever they are in the tree: in loops, functions, substitutions. */
function rewrite(node: unknown, programs: ReadonlySet<string>): unknown {
  if (Array.isArray(node)) return node.map((child) => rewrite(child, programs))
  if (typeof node !== 'object' || node === null) return node
  const copy = Object.fromEntries(Object.entries(node).map(([key, child]) => [key, rewrite(child, programs)]))
  return isCall(copy) ? rewriteCall(copy, programs) : copy
}

const runnerWord: WordNode = { type: 'Word', parts: [{ type: 'Literal', value: fileRunner }] }

type Call = SimpleCommandNode & { name: WordNode }

function isCall(node: object): node is Call {
  const { type, name } = node as Partial<SimpleCommandNode>
  return type === 'SimpleCommand' && name !== undefined && name !== null
}

function rewriteCall(call: Call, programs: ReadonlySet<string>): Call {
  const { name, args } = call
  if (isFile(name, programs)) return { ...call, name: runnerWord, args: [name, ...args] }
  const [first, ...rest] = args
  const isReplacement = text(name) === 'exec' && first !== undefined && isFile(first, programs)
  return isReplacement ? { ...call, args: [runnerWord, first, ...rest] } : call
}

function isFile(word: WordNode, programs: ReadonlySet<string>): boolean {
  const path = text(word)
  const program = /^\/(?:usr\/)?bin\/([^/]+)$/.exec(path)?.[1]
  return path.includes('/') && !(program !== undefined && programs.has(program))
}

/** As far as it is known before it is run. */
function text({ parts }: Pick<WordNode, 'parts'>): string {
  return parts.map(partText).join('')
}

function partText(part: WordNode['parts'][number]): string {
  if (part.type === 'DoubleQuoted') return text(part)
  return 'value' in part ? part.value : ''
}
