import type { SimpleCommandNode, TransformPlugin, WordNode } from 'just-bash'

import { functionsIn } from './functions-in.ts'
import { literalWord } from './literal-word.ts'

/** The stand-in that a command which is a file is run by. */
export const fileRunner = 'sandbox-run-file'

/** Of these names bash looks for no file. */
const builtins = new Set(
  [
    '. : [ alias bg bind break builtin cd command continue declare dirs disown echo enable eval exec exit export false',
    'fg getopts hash help jobs kill let local mapfile popd printf pushd pwd read readarray readonly return set shift',
    'shopt source test times trap true type typeset ulimit umask unalias unset wait',
  ].flatMap((line) => line.split(' ')),
)

/** The path of the file that a name on a command line stands for; undefined where it stands for none. */
type FindFile = (name: string) => string | undefined

/** Has files that are called by their path, or by their name, run as their first line says. */
export function runFiles(programs: ReadonlySet<string>, findFile: FindFile): TransformPlugin {
  return {
    name: 'run-files',
    transform: ({ ast }) => {
      const functions = new Set(functionsIn(ast))
      const fileOf = (word: WordNode) => {
        if (text(word).includes('/')) return isProgram(text(word), programs) ? undefined : word
        const name = literalWord(word)
        if (name === undefined || functions.has(name) || builtins.has(name)) return undefined
        const path = findFile(name)
        return path === undefined ? undefined : wordOf(path)
      }
      return { ast: rewrite(ast, fileOf) as typeof ast }
    },
  }
}

/** Gives the word that is the path of the file which is called; undefined where it is no file. */
type FileOf = (word: WordNode) => WordNode | undefined

/** Commands are found wherever they are in the tree: in loops, functions, substitutions. */
function rewrite(node: unknown, fileOf: FileOf): unknown {
  if (Array.isArray(node)) return node.map((child) => rewrite(child, fileOf))
  if (typeof node !== 'object' || node === null) return node
  const copy = Object.fromEntries(Object.entries(node).map(([key, child]) => [key, rewrite(child, fileOf)]))
  return isCall(copy) ? rewriteCall(copy, fileOf) : copy
}

type Call = SimpleCommandNode & { name: WordNode }

function isCall(node: object): node is Call {
  const { type, name } = node as Partial<SimpleCommandNode>
  return type === 'SimpleCommand' && name !== undefined && name !== null
}

function rewriteCall(call: Call, fileOf: FileOf): Call {
  const { name, args } = call
  const file = fileOf(name)
  if (file) return { ...call, name: wordOf(fileRunner), args: [file, ...args] }
  const [first, ...rest] = args
  const replacement = text(name) === 'exec' && first !== undefined ? fileOf(first) : undefined
  return replacement ? { ...call, args: [wordOf(fileRunner), replacement, ...rest] } : call
}

function isProgram(path: string, programs: ReadonlySet<string>): boolean {
  const program = /^\/(?:usr\/)?bin\/([^/]+)$/.exec(path)?.[1]
  return program !== undefined && programs.has(program)
}

/** As far as it is known before it is run. */
function text({ parts }: Pick<WordNode, 'parts'>): string {
  return parts.map(partText).join('')
}

function partText(part: WordNode['parts'][number]): string {
  if (part.type === 'DoubleQuoted') return text(part)
  return 'value' in part ? part.value : ''
}

function wordOf(value: string): WordNode {
  return { type: 'Word', parts: [{ type: 'Literal', value }] }
}
