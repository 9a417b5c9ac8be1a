import { allActions } from '@package/core/actions/all'
import type { Action, OptionSpec, OptionSpecs } from '@package/core/action'
import yargs, { type Argv, type Options } from 'yargs'

import { commonOptions } from './argv.ts'

const introduction = `package <namespace>:<action> [group...] [options]

Servers in one file: nodes.json describes every kind of server; package makes Chef roles,
Packer images and autoscale groups of it. No group means every group the action applies to.`

/**
 * The actions as full yargs commands, from the same table that argv.ts reads. Loading yargs costs more than running an
 * action, so it is only here for what a person waits for: help and completion.
 */
export async function yargsCommands(words: readonly string[], version: string): Promise<Argv> {
  const parser = yargs([...words])
    .scriptName('package')
    .usage(introduction)
    .version(version)
    .alias('help', 'h')
    .wrap(100)
    .epilog('Files, merge and fields: docs/nodes-json.md. Exit codes and JSON output: docs/output.md.')
  addOptions(parser, commonOptions)
  for (const action of await allActions()) addCommand(parser, action)
  return parser
}

function addCommand(parser: Argv, action: Action): void {
  const operands = 'operands' in action ? ` ${action.operands}` : ''
  parser.command(`${action.name}${operands}`.trimEnd(), action.summary, (command) => {
    command.usage(`package ${action.name}${operands}\n\n${withAliases(action)}`)
    addOptions(command, action.options)
    for (const example of action.examples) command.example([example as [string, string]])
    return command
  })
}

function withAliases({ summary, aliases = [] }: Action): string {
  return aliases.length === 0 ? summary : `${summary}\n\nThe same work: ${aliases.join(', ')}`
}

function addOptions(parser: Argv, specs: OptionSpecs): void {
  for (const [name, spec] of Object.entries(specs)) {
    if (name !== 'help' && name !== 'version') parser.option(name, optionOf(spec))
  }
}

function optionOf({ type, alias, summary, choices }: OptionSpec): Options {
  return { type, description: summary, ...(alias !== undefined && { alias }), ...(choices && { choices }) }
}
