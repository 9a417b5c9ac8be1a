import { allActions, findAction } from '@package/core/actions/all'
import { type Action, type OptionSpecs } from '@package/core/action'
import { PackageError } from '@package/core/errors'
import { didYouMean } from '@package/core/groups/did-you-mean'
import parse from 'yargs-parser'

/** Options that every action takes. */
export const commonOptions = {
  directory: { type: 'string', alias: 'C', summary: 'The project, when it is not at or above this folder' },
  output: { type: 'string', summary: 'How results and errors are written', choices: ['human', 'json'] },
  help: { type: 'boolean', alias: 'h', summary: 'Show help, of the action when one is named' },
  version: { type: 'boolean', summary: 'Show the version' },
} as const satisfies OptionSpecs

export interface CommandLine {
  actionName: string | undefined
  operands: string[]
  /** By the option's full name; what was not given is missing. */
  given: ReadonlyMap<string, string | boolean>
  /** Options that no table knows, as they were written. */
  unknown: readonly string[]
  /** Flags that were given something other than true or false, as they were written. */
  wrongFlags: readonly string[]
}

/** Takes the command line apart; never fails, so that even a wrong one is answered in the chosen output format. */
export async function parseCommandLine(argv: readonly string[]): Promise<CommandLine> {
  // What an option is, and which letter it has, is for the action to say; a value that reads like one does no harm.
  const action = await firstAction(argv)
  const known: OptionSpecs = { ...commonOptions, ...action?.options }
  return commandLine(argv, known, parsed(argv, known))
}

async function firstAction(argv: readonly string[]): Promise<Action | undefined> {
  for (const word of argv) {
    const action = await findAction(word)
    if (action) return action
  }
  return undefined
}

function parsed(argv: readonly string[], known: OptionSpecs) {
  const names = Object.keys(known)
  return parse([...argv], {
    boolean: names.filter((name) => known[name]?.type === 'boolean'),
    string: [...names.filter((name) => known[name]?.type === 'string'), '_'],
    alias: Object.fromEntries(Object.entries(known).map(([name, { alias }]) => [name, alias ?? []])),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    },
  })
}

function commandLine(
  argv: readonly string[],
  known: OptionSpecs,
  { _: words, ...options }: ReturnType<typeof parsed>,
): CommandLine {
  const names = Object.keys(known)
  const [actionName, ...operands] = words.map(String)
  const given = new Map<string, string | boolean>()
  for (const name of names) {
    const value: unknown = options[name]
    if (typeof value === 'string' || value === true) given.set(name, value)
  }
  const flags = new Set(names.filter((name) => known[name]?.type === 'boolean').map((name) => `--${name}`))
  const wrongFlags = argv.filter((word) => {
    const [flag = '', value] = word.split('=')
    return flags.has(flag) && value !== undefined && !['true', 'false'].includes(value)
  })
  return {
    actionName,
    operands,
    given,
    unknown: Object.keys(options).filter((name) => !Object.hasOwn(known, name)),
    wrongFlags,
  }
}

/** The action that the command line names. Throws PackageError (usage), with the action that was probably meant. */
export async function actionOf({ actionName }: CommandLine): Promise<Action> {
  const action = actionName === undefined ? undefined : await findAction(actionName)
  if (action) return action
  if (actionName === undefined) throw usageError('ACTION_MISSING', 'no action is named', 'package --help')
  const names = (await allActions()).flatMap(({ name, aliases }) => [name, ...(aliases ?? [])])
  throw usageError(
    'UNKNOWN_ACTION',
    `there is no action ${JSON.stringify(actionName)}${didYouMean(actionName, names)}`,
    'package --help',
  )
}

/**
 * The values of the action's own options. Throws PackageError (usage) for an option that the action does not take,
 * a text option without its text, and a value that is not among the choices.
 */
export function optionValues(
  action: Action,
  { given, unknown, wrongFlags }: CommandLine,
): Record<string, string | boolean | undefined> {
  const taken: OptionSpecs = { ...commonOptions, ...action.options }
  const hint = `package ${action.name} --help`
  const foreign = [...unknown, ...[...given.keys()].filter((name) => !Object.hasOwn(taken, name))]
  for (const name of foreign) {
    const shown = name.length === 1 ? `-${name}` : `--${name}`
    const meant = didYouMean(
      shown,
      Object.keys(taken).map((known) => `--${known}`),
    )
    throw usageError(
      'UNKNOWN_OPTION',
      `${action.name} has no option ${shown}${meant}`,
      unknownOptionHint(action),
    )
  }
  for (const word of wrongFlags) {
    throw usageError('OPTION_VALUE', `${word}: a flag is given alone, or with =true or =false`, hint)
  }
  for (const [name, { type, choices }] of Object.entries(taken)) {
    const value = given.get(name)
    if (type === 'string' && value === '') {
      throw usageError('OPTION_WITHOUT_VALUE', `--${name} needs a value`, hint)
    }
    if (choices && typeof value === 'string' && !choices.includes(value)) {
      throw usageError(
        'OPTION_VALUE',
        `--${name} is ${choices.join(' or ')}, not ${JSON.stringify(value)}`,
        hint,
      )
    }
  }
  const entries = Object.entries(action.options).map(([name, { type }]) => [
    name,
    given.get(name) ?? (type === 'boolean' ? false : undefined),
  ])
  return Object.fromEntries(entries) as Record<string, string | boolean | undefined>
}

/** Throws PackageError (usage) when an action is given fewer or more words than it takes. */
export function checkOperands(action: Action, operands: readonly string[]): void {
  const hint = `package ${action.name} --help`
  const takes = action.on === 'folder' || action.on === 'sandbox' ? '' : action.operands
  if (takes === '' && operands.length > 0) {
    const text = `${action.name} takes no group or other word, but was given ${JSON.stringify(operands[0])}`
    throw usageError('OPERANDS', text, hint)
  }
  if (takes.startsWith('<group') && operands.length === 0) {
    throw usageError(
      'OPERANDS',
      `${action.name} needs a group`,
      `package ${action.name} ${takes}; package nodes:list`,
    )
  }
  const [, only] = /^[<[](group|bag)[>\]]$/.exec(takes) ?? []
  if (only !== undefined && operands.length > 1) {
    const what = only === 'bag' ? 'data bag' : only
    throw usageError(
      'OPERANDS',
      `${action.name} takes one ${what}, but was given ${operands.join(', ')}`,
      hint,
    )
  }
}

function unknownOptionHint(action: Action): string {
  const isForCommand = 'operands' in action && action.operands.includes('[command...]')
  const help = `package ${action.name} --help`
  return isForCommand ? `${help}; if it belongs to the remote command, put -- before that` : help
}

function usageError(code: string, message: string, hint: string): PackageError {
  return new PackageError('usage', code, message, { hint })
}
