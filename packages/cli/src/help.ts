import { actionOf, type CommandLine } from './argv.ts'
import { yargsCommands } from './yargs-commands.ts'

/**
 * The help text: of the action that the command line names, or of the whole tool.
 * Throws PackageError (usage) when it names an action that does not exist.
 */
export async function helpText(commandLine: CommandLine, version: string): Promise<string> {
  const { actionName, operands } = commandLine
  const wanted = actionName === 'help' ? operands[0] : actionName
  const words = wanted === undefined ? [] : [(await actionOf({ ...commandLine, actionName: wanted })).name]
  return `${await (await yargsCommands(words, version)).getHelp()}\n`
}
