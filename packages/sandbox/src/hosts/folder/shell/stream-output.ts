import {
  parse,
  type CommandNode,
  type PipelineNode,
  type SimpleCommandNode,
  type StatementNode,
  type TransformPlugin,
} from 'just-bash'

import { functionsIn } from './functions-in.ts'
import { literalWord } from './literal-word.ts'
import {
  keptStderr,
  keptStdout,
  ofStreams,
  stderrKeptAsStdout,
  toStreams,
  type Redirection,
} from './stream-redirections.ts'

const keptBoth = [...keptStdout, ...keptStderr]
const keepsBoth = parse('exec').statements.map((statement) => onCommand(statement, keptBoth))
const leaves = parse('exit').statements

/**
 * Lets what a script says come as it is said: just-bash gives it only once all has ended. The script gets two descriptors of its own
 * that lead to where its output goes, each command writes there, and whatever redirects or takes output redirects these.
 * A script that nobody has attached to a path keeps its output. `programs` are those that attach the scripts which they run.
 */
export function streamOutput(programs: ReadonlySet<string>): TransformPlugin {
  return {
    name: 'stream-output',
    transform: ({ ast }) => {
      const attaching = new Set([...programs, ...functionsIn(ast)])
      const statements = rewrite(ast.statements, attaching) as StatementNode[]
      return { ast: { ...ast, statements: [...keepsBoth, ...statements] } }
    },
  }
}

/** Commands are found wherever they are in the tree: in loops, functions, substitutions. */
function rewrite(node: unknown, attaching: ReadonlySet<string>): unknown {
  if (Array.isArray(node)) return node.map((child) => rewrite(child, attaching))
  if (typeof node !== 'object' || node === null) return node
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, child]) => [key, rewrite(child, attaching)]),
  )
  return withStreams(copy as unknown as Node, attaching)
}

type Substitution = Extract<SimpleCommandNode['args'][number]['parts'][number], { body: unknown }>
type Compound = Exclude<CommandNode, SimpleCommandNode>
type Node = CommandNode | PipelineNode | Substitution | { type: undefined }

const compound = new Set(
  'If For CStyleFor While Until Case Subshell Group ArithmeticCommand ConditionalCommand FunctionDef'.split(
    ' ',
  ),
)

function withStreams(node: Node, attaching: ReadonlySet<string>): Node {
  if (isCompound(node)) return { ...node, redirections: own(node) }
  switch (node.type) {
    case 'SimpleCommand':
      return simple(node, attaching)
    case 'Pipeline':
      return { ...node, commands: node.commands.map((command, index) => piped(command, node, index)) }
    case 'ProcessSubstitution':
      return node.direction === 'input' ? taken(node) : node
    case 'CommandSubstitution':
      return isFile(node) ? node : taken(node)
    default:
      return node
  }
}

function isCompound(node: Node): node is Compound {
  return compound.has(node.type ?? '')
}

function simple(command: SimpleCommandNode, attaching: ReadonlySet<string>): CommandNode {
  const { name, args } = command
  // With others, just-bash would forget the exit code of what is assigned.
  if (name === null) return { ...command, redirections: command.redirections.flatMap(ofStreams) }
  const [first, ...rest] = args
  const isExec = literalWord(name) === 'exec'
  if (isExec && first === undefined) {
    return { ...command, redirections: command.redirections.flatMap(ofStreams) }
  }
  // just-bash would go on after it, with its redirections.
  if (isExec && first !== undefined && !(literalWord(first) ?? '').startsWith('-')) {
    const replacement = simple({ ...command, name: first, args: rest }, attaching)
    return { type: 'Group', body: [statementOf(replacement), ...leaves], redirections: [] }
  }
  const kept = attaches(command, attaching) ? [] : keptBoth
  return { ...command, redirections: [...own(command), ...kept] }
}

/** Whether all that a command runs is rewritten too. What another one runs unseen (as `eval` does) keeps its output until it ends. */
function attaches({ name, args }: SimpleCommandNode, attaching: ReadonlySet<string>): boolean {
  const words = [name, ...args].map((word) => (word === null ? undefined : literalWord(word)))
  const called = words.find((word) => word !== 'command' && word !== 'builtin')
  return called !== undefined && attaching.has(called.replace(/^\/(usr\/)?bin\//, ''))
}

/** Where one of them cannot be opened, that is said where the command would have written. */
function own({ redirections }: { redirections: Redirection[] }): Redirection[] {
  if (redirections.length === 0) return [...toStreams]
  return [...toStreams, ...redirections.flatMap(ofStreams), ...toStreams]
}

function piped(
  command: CommandNode,
  { commands, pipeStderr = [] }: PipelineNode,
  index: number,
): CommandNode {
  if (index === commands.length - 1) return command
  const kept = pipeStderr[index] === true ? [...keptStdout, ...stderrKeptAsStdout] : keptStdout
  return { ...command, redirections: [...kept, ...command.redirections] }
}

function taken<S extends Substitution>(substitution: S): S {
  const { body } = substitution
  const group: CommandNode = { type: 'Group', body: body.statements, redirections: [...keptStdout] }
  return { ...substitution, body: { ...body, statements: [statementOf(group)] } }
}

/** `$(<file)`, which is no command. */
function isFile({ body: { statements } }: Substitution): boolean {
  const [command, ...more] = statements.flatMap(({ pipelines }) =>
    pipelines.flatMap(({ commands }) => commands),
  )
  return more.length === 0 && command?.type === 'SimpleCommand' && command.name === null
}

function onCommand(statement: StatementNode, redirections: readonly Redirection[]): StatementNode {
  return {
    ...statement,
    pipelines: statement.pipelines.map((pipeline) => ({
      ...pipeline,
      commands: pipeline.commands.map((command) => ({ ...command, redirections: [...redirections] })),
    })),
  }
}

function statementOf(command: CommandNode): StatementNode {
  const pipeline: PipelineNode = { type: 'Pipeline', commands: [command], negated: false }
  return { type: 'Statement', pipelines: [pipeline], operators: [], background: false }
}
