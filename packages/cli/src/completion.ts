import { allActions } from '@package/core/actions/all'
import { isJsonObject } from '@package/core/groups/json'
import { parseJson } from '@package/core/groups/parse-json'

import { findProject, readNodesFile, workingFolder } from './systems/host/project-folder.ts'
import { yargsCommands } from './yargs-commands.ts'

/** bash breaks words at colons, of which every action has one; npm's own completion does the same. */
const bashColons = 'COMP_WORDBREAKS=${COMP_WORDBREAKS//:}\n'

/** yargs' own words for fish leave out the one that is being begun, and with it what could stand there. */
const fishWords =
  '(commandline --tokenize --cut-at-cursor --current-process)[2..-1] (commandline --current-token)'

/** The script that makes the user's shell ask `--get-yargs-completions`, for the shell named in $SHELL. */
export async function completionScript(version: string): Promise<string> {
  const parser = await yargsCommands([], version)
  const script = await printed(() => parser.completion('completion').showCompletionScript())
  if (script.includes('COMP_WORDS')) return bashColons + script
  return script.replace('(commandline -o)[2..-1]', fishWords)
}

/** The words that could come next; yargs knows actions and options, nodes.json the groups. */
export async function completions(argv: readonly string[], version: string): Promise<string> {
  const parser = (await yargsCommands(argv, version)).exitProcess(false)
  const actions = await allActions()
  parser.completion(
    'completion',
    false,
    (
      current: string,
      { _: words, directory }: { _: string[]; directory?: string },
      useDefaults: () => void,
      done: (names: string[]) => void,
    ) => {
      const action = actions.find(({ name, aliases = [] }) =>
        words.some((word) => [name, ...aliases].includes(word)),
      )
      const takesGroups = action !== undefined && 'operands' in action && action.operands.includes('group')
      const inOption = [current, argv.at(-2) ?? ''].some((word) => word.startsWith('-'))
      if (takesGroups && !inOption) done(groupNames(directory))
      else useDefaults()
    },
  )
  return printed(() => parser.parse())
}

/** Group names for a Tab key: a nodes.json with problems completes what it can, and never complains. */
function groupNames(directory: string | undefined): string[] {
  try {
    const { value } = parseJson('nodes.json', readNodesFile(findProject(workingFolder(), directory)))
    return isJsonObject(value)
      ? Object.keys(value).filter((key) => key !== '$schema' && !key.startsWith('__'))
      : []
  } catch {
    return []
  }
}

/** yargs prints completions with console.log only. */
async function printed(run: () => unknown): Promise<string> {
  const lines: string[] = []
  const { log } = console
  console.log = (line: string) => lines.push(line)
  try {
    await run()
  } finally {
    console.log = log
  }
  return lines.map((line) => `${line}\n`).join('')
}
