import {
  parse,
  type CommandNode,
  type PipelineNode,
  type StatementNode,
  type TransformPlugin,
} from 'just-bash'

import { outputDevice, statusDevice } from './devices.ts'

const [toStdout = [], toStderr = []] = [`: >>${outputDevice.stdout}`, `: 2>>${outputDevice.stderr}`].map(
  (text) => {
    const command = parse(text).statements[0]?.pipelines[0]?.commands[0]
    return command?.redirections
  },
)
const tellStatus = parse(`echo "$?" >${statusDevice}`).statements

/**
 * Lets a script's output come as it is made: just-bash gives it only at the end, and then what was bytes is text.
 * Each command of the script itself, not of the scripts that it runs, writes to the output devices, unless it redirects
 * its output elsewhere. The last command tells that the script came to its end.
 */
export function redirectOutput(script: string): TransformPlugin {
  // Where the script itself redirects everything, its wish comes first.
  const redirectsItself = /\bexec\b/.test(script)
  let isFirst = true
  return {
    name: 'redirect-output',
    // Called for each script that runs, from the outermost.
    transform: ({ ast }) => {
      if (!isFirst) return { ast }
      isFirst = false
      const statements = redirectsItself ? ast.statements : ast.statements.map(inStatement)
      return { ast: { ...ast, statements: [...statements, ...tellStatus] } }
    },
  }
}

function inStatement(statement: StatementNode): StatementNode {
  return { ...statement, pipelines: statement.pipelines.map(inPipeline) }
}

function inPipeline(pipeline: PipelineNode): PipelineNode {
  const { commands, pipeStderr = [] } = pipeline
  if (commands.length === 1) return { ...pipeline, commands: commands.map(inOnlyCommand) }
  const last = commands.length - 1
  return {
    ...pipeline,
    commands: commands.map((command, index) => {
      if (index === last) return redirected(command, [...toStdout, ...toStderr])
      return pipeStderr[index] === true ? command : redirected(command, toStderr)
    }),
  }
}

/** The bodies of loops and the like, as far as they write where the script does. */
function inOnlyCommand(command: CommandNode): CommandNode {
  const isPlain = command.redirections.length === 0
  if (!isPlain) return redirected(command, [...toStdout, ...toStderr])
  switch (command.type) {
    case 'If': {
      const clauses = command.clauses.map(({ condition, body }) => ({
        condition: condition.map(inStatement),
        body: body.map(inStatement),
      }))
      return { ...command, clauses, elseBody: command.elseBody?.map(inStatement) ?? null }
    }
    case 'While':
    case 'Until':
      return {
        ...command,
        condition: command.condition.map(inStatement),
        body: command.body.map(inStatement),
      }
    case 'Case':
      return {
        ...command,
        items: command.items.map((item) => ({ ...item, body: item.body.map(inStatement) })),
      }
    case 'For':
    case 'CStyleFor':
    case 'Subshell':
    case 'Group':
      return { ...command, body: command.body.map(inStatement) }
    default:
      return redirected(command, [...toStdout, ...toStderr])
  }
}

/** The command's own redirections come after, and so win. */
function redirected(command: CommandNode, to: typeof toStdout): CommandNode {
  if (command.type === 'FunctionDef') return command
  return { ...command, redirections: [...to, ...command.redirections] }
}
