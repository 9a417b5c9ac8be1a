import { exitCodeOf } from '@package/core/errors'

import { actionOf, checkOperands, optionValues, parseCommandLine, type CommandLine } from './argv.ts'
import { asPackageError } from './failure.ts'
import { standardStreams } from './streams.ts'
import { version } from './version.ts'
import { humanView } from './views/human.ts'
import { jsonView } from './views/json.ts'
import type { View } from './views/view.ts'
import { runAction } from './wire.ts'

/** Runs one command line to its exit code; whatever goes wrong is shown in the output format it asked for. */
export async function main(argv: readonly string[]): Promise<number> {
  const commandLine = await parseCommandLine(argv)
  const view =
    commandLine.given.get('output') === 'json'
      ? jsonView(standardStreams, version)
      : humanView(standardStreams)
  try {
    const text = await textAsked(commandLine, argv)
    if (text === undefined) return await act(commandLine, view)
    standardStreams.out(text)
    return 0
  } catch (thrown) {
    const error = asPackageError(thrown)
    const exit = exitCodeOf[error.kind]
    try {
      view.failure(error, exit)
    } catch {
      // The place for the output is what failed; the exit code is all that is left to say.
    }
    return exit
  }
}

/** What a command line asks for that is no action: version, help, completion. */
async function textAsked(commandLine: CommandLine, argv: readonly string[]): Promise<string | undefined> {
  const { actionName, given, unknown } = commandLine
  if (given.has('version')) return `${version}\n`
  if (unknown.includes('get-yargs-completions')) {
    return (await import('./completion.ts')).completions(argv, version)
  }
  if (actionName === 'completion') return (await import('./completion.ts')).completionScript(version)
  const asksHelp = given.has('help') || actionName === 'help' || argv.length === 0
  return asksHelp ? (await import('./help.ts')).helpText(commandLine, version) : undefined
}

async function act(commandLine: CommandLine, view: View): Promise<number> {
  view.start()
  const action = await actionOf(commandLine)
  const options = optionValues(action, commandLine)
  checkOperands(action, commandLine.operands)
  const directory = commandLine.given.get('directory')
  const outcome = await runAction({
    action,
    operands: commandLine.operands,
    options,
    directory: typeof directory === 'string' ? directory : undefined,
    report: view.event,
  })
  const { exit = 0 } = outcome
  view.result(action.name, outcome, exit)
  return exit
}
