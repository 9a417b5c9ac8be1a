import { parse, type CommandNode, type StatementNode, type WordNode } from 'just-bash'

import { literalWord } from './literal-word.ts'

/** Gives the text of a script of the machine; undefined when there is none at that path. */
export type ReadScript = (path: string) => Promise<string | undefined>

/** Programs that read stdin when they are given fewer files or words than this. */
const wordsNeeded: Readonly<Record<string, number>> = {
  ...fill(1, 'cat tac rev nl head tail wc sort uniq cut fold expand unexpand od strings column base64'),
  ...fill(1, 'md5sum sha1sum sha256sum gzip gunzip zcat split paste file'),
  ...fill(2, 'grep egrep fgrep rg sed awk jq yq xan join comm diff'),
  ...fill(Infinity, 'read mapfile readarray select tr tee xargs eval'),
}

/** Programs that run the rest of their line. */
const wrappers = new Set(['sudo', 'env', 'nohup', 'time', 'timeout', 'command', 'exec', 'builtin', 'su'])
const shells = new Set(['sh', 'bash', 'dash'])
const sources = new Set(['.', 'source'])

/** Of scripts that call one another. */
const deepest = 5

/**
 * Whether a script may read its standard input. A script runs only once its input is complete, and somebody's terminal
 * may never send the end of one that is not asked for. Where it cannot be told, the answer is yes.
 */
export async function readsStdin(script: string, readScript: ReadScript, depth = 0): Promise<boolean> {
  const wordsRead = async (words: readonly (string | undefined)[]): Promise<boolean> => {
    const [name, ...args] = words
    if (words.length === 0) return false
    if (name === undefined || depth > deepest) return true
    if (args.includes('-') || args.includes('/dev/stdin')) return true
    const operands = args.filter((arg) => arg === undefined || !/^(-|\d+[a-zA-Z]?$)/.test(arg))
    if (wrappers.has(name)) return wordsRead(args.slice(firstCommand(args)))
    if (shells.has(name)) return shellReads(args, operands)
    if (sources.has(name) || name.includes('/')) return fileReads(sources.has(name) ? operands[0] : name)
    if (name === 'tar') return !args.some((arg) => arg?.includes('f'))
    return operands.length < (wordsNeeded[name] ?? 0)
  }
  const shellReads = async (
    args: readonly (string | undefined)[],
    operands: readonly (string | undefined)[],
  ) => {
    const at = args.findIndex((arg) => arg !== undefined && /^-[a-z]*c$/.test(arg))
    const inner = at === -1 ? undefined : args[at + 1]
    if (inner !== undefined) return readsStdin(inner, readScript, depth + 1)
    const takesScript = args.some((arg) => arg !== undefined && /^-[a-z]*s/.test(arg))
    return at !== -1 || takesScript || operands.length === 0 || fileReads(operands[0])
  }
  const fileReads = async (path: string | undefined) => {
    if (path === undefined) return true
    const text = await readScript(path)
    return text !== undefined && readsStdin(text, readScript, depth + 1)
  }
  for (const words of commandLines(script)) {
    if (await wordsRead(words)) return true
  }
  return false
}

/** Where, in the words after `sudo` and the like, the command begins. */
function firstCommand(args: readonly (string | undefined)[]): number {
  let index = args.findIndex((arg) => arg === undefined || !/^-|=|^\d+[smhd]?$/.test(arg))
  const before = args[index - 1]
  if (before === '-u' || before === '-g') index += 1
  return index === -1 ? args.length : index
}

/** The words of every command that inherits the script's own stdin; undefined for a word that is known only later. */
function commandLines(script: string): (string | undefined)[][] {
  try {
    return parse(script).statements.flatMap(linesOfStatement)
  } catch {
    return []
  }
}

function linesOfStatement({ pipelines }: StatementNode): (string | undefined)[][] {
  return pipelines.flatMap(({ commands: [first] }) => (first ? linesOfCommand(first) : []))
}

function linesOfCommand(command: CommandNode): (string | undefined)[][] {
  if (command.type === 'FunctionDef') return linesOfCommand(command.body)
  if (command.redirections.some(({ operator }) => operator.startsWith('<'))) return []
  switch (command.type) {
    case 'SimpleCommand': {
      const words = command.name ? [command.name, ...command.args] : []
      const values = command.assignments.flatMap(({ value }) => value ?? [])
      const substituted = [...words, ...values].flatMap(linesOfSubstitutions)
      return words.length > 0 ? [words.map(literalWord), ...substituted] : substituted
    }
    case 'If': {
      const bodies = command.clauses.flatMap(({ condition, body }) => [...condition, ...body])
      return [...bodies, ...(command.elseBody ?? [])].flatMap(linesOfStatement)
    }
    case 'While':
    case 'Until':
      return [...command.condition, ...command.body].flatMap(linesOfStatement)
    case 'Case':
      return command.items.flatMap(({ body }) => body.flatMap(linesOfStatement))
    case 'For':
    case 'CStyleFor':
    case 'Subshell':
    case 'Group':
      return command.body.flatMap(linesOfStatement)
    default:
      return []
  }
}

function linesOfSubstitutions({ parts }: Pick<WordNode, 'parts'>): (string | undefined)[][] {
  return parts.flatMap((part) => {
    if (part.type === 'CommandSubstitution') return part.body.statements.flatMap(linesOfStatement)
    return part.type === 'DoubleQuoted' ? linesOfSubstitutions(part) : []
  })
}

function fill(count: number, names: string): Record<string, number> {
  return Object.fromEntries(names.split(' ').map((name) => [name, count]))
}
