import { posix } from 'node:path'

import { succeed, type StandIn } from '../stand-in.ts'
import { ChefFailure, logLine, unreadable } from './chef-failure.ts'
import { parseCommandLine } from './command-line.ts'
import {
  cookbookText,
  hasRecipe,
  readCookbook,
  readText,
  type Cookbook,
  type MachineDisk,
} from './cookbooks.ts'
import { expandRunList, missingRoles, recipeText, type Recipe } from './expand-run-list.ts'
import { writeNodeFile } from './node-file.ts'
import { cookbookOf, resolveCookbooks } from './resolve-cookbooks.ts'
import { parseRunList } from './run-list-item.ts'
import { readSoloRb, settingsOf, type SoloSettings } from './solo-rb.ts'

/**
 * The Chef that it is compared with. A machine has it from the start: whoever looks for a Chef 18 before installing one
 * finds it, and installs none.
 */
const version = '18.11.11'

/**
 * Says what chef-solo would converge, and converges nothing. It reads the real solo.rb, DNA, roles and metadata, and
 * refuses what Chef refuses before the first resource, in the same words.
 */
export const chefSolo: StandIn = async (args, { fs, cwd }, { machine }) => {
  const lines: string[] = []
  const print = (...more: string[]) => void lines.push(...more.map((line) => `${line}\n`))
  try {
    const { config, dna, asksVersion } = parseCommandLine(args)
    if (asksVersion) return succeed(`Chef Infra Client: ${version} (a stand-in of the sandbox)\n`)
    print('chef-solo: this is a stand-in of the sandbox, no recipe is run')
    await converge({
      disk: fs,
      print,
      log: (level, text) => void lines.push(logLine(level, text)),
      name: machine.privateDnsName,
      config: fs.resolvePath(cwd, config),
      dna: dna === undefined ? undefined : { name: dna, path: fs.resolvePath(cwd, dna) },
    })
    return succeed(lines.join(''))
  } catch (error) {
    if (!(error instanceof ChefFailure)) throw error
    const text = `${lines.join('')}${error.reportText()}${logLine('FATAL', error.message)}`
    return { stdout: text, stderr: '', exitCode: 1 }
  }
}

interface Call {
  disk: MachineDisk
  print: (...lines: string[]) => void
  log: (level: string, text: string) => void
  name: string
  config: string
  dna: { name: string; path: string } | undefined
}

async function converge(call: Call): Promise<void> {
  const { disk, print, log } = call
  const settings = await settingsFrom(call)
  const dna = await readDna(call)
  print(`Chef Infra Client, version ${version}`)
  print('Infra Phase starting')
  const runList = parseRunList(dna)
  const expansion = await expandRunList(runList, (name) => readRole(disk, settings.rolePaths, name))
  const { recipes, missing } = expansion
  for (const { name, includedBy } of missing) {
    log(
      'ERROR',
      `Role ${name} (included by '${includedBy}') is in the runlist but does not exist. Skipping expand.`,
    )
  }
  if (missing.length > 0) throw missingRoles(missing, runList)
  const names = recipes.map((recipe) => JSON.stringify(recipeText(recipe))).join(', ')
  print(`Resolving cookbooks for run list: [${names}]`)
  const cookbooks = await resolveCookbooks(recipes, (name) =>
    readCookbook(disk, settings.cookbookPaths, name),
  )
  print(
    'Synchronizing cookbooks:',
    ...[...cookbooks].map(([name, found]) => `  - ${cookbookText(name, found)}`),
  )
  print('Compiling cookbooks...')
  await findRecipes(disk, recipes, cookbooks)
  if (runList.length === 0) log('WARN', `Node ${call.name} has an empty run list.`)
  print(...recipes.map((recipe) => `Would converge ${recipeText(recipe)}`))
  await writeNodeFile(disk, settings.nodePath, { name: call.name, dna, runList, expansion })
  print('Infra Phase complete, 0/0 resources updated')
}

async function settingsFrom({ disk, log, config }: Call): Promise<SoloSettings> {
  const text = await readText(disk, config)
  if (text !== undefined) return readSoloRb(text, config)
  log('WARN', `Did not find config file: ${config}. Using command line options instead.`)
  return settingsOf()
}

async function readDna({ disk, dna }: Call): Promise<object> {
  if (!dna) return {}
  const text = await readText(disk, dna.path)
  if (text === undefined) throw new ChefFailure(`Cannot load configuration from ${dna.name}`)
  return parsedObject(
    text,
    (why) => new ChefFailure(`Could not parse the provided JSON file (${dna.name}): ${why}`),
  )
}

/** By its file's name: what it is called within does not matter to chef-solo. */
async function readRole(
  disk: MachineDisk,
  paths: readonly string[],
  name: string,
): Promise<object | undefined> {
  for (const folder of paths) {
    const path = posix.join(folder, `${name}.json`)
    const text = await readText(disk, path)
    if (text === undefined) continue
    return parsedObject(text, (why) => unreadable('Error expanding the run_list:', `${path}: ${why}`))
  }
  return undefined
}

function parsedObject(text: string, failure: (why: string) => ChefFailure): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    throw failure(`parse error: ${(error as Error).message}`)
  }
  throw failure('not an object')
}

async function findRecipes(
  disk: MachineDisk,
  recipes: readonly Recipe[],
  cookbooks: ReadonlyMap<string, Cookbook>,
): Promise<void> {
  for (const { name } of recipes) {
    const cookbookName = cookbookOf(name)
    const cookbook = cookbooks.get(cookbookName)
    const [, recipe = 'default'] = name.split('::')
    if (cookbook && (await hasRecipe(disk, cookbook, recipe))) continue
    const text = `could not find recipe ${recipe} for cookbook ${cookbookName}`
    throw new ChefFailure(`Chef::Exceptions::RecipeNotFound: ${text}`, {
      title: 'Recipe Compile Error',
      sections: [['Chef::Exceptions::RecipeNotFound', text]],
    })
  }
}
