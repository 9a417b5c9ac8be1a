import { posix } from 'node:path'

import { ChefFailure } from './chef-failure.ts'

/** What solo.rb says, as far as it matters here. */
export interface SoloSettings {
  cookbookPaths: readonly string[]
  rolePaths: readonly string[]
  nodePath: string
}

type Value = string | readonly string[]

/** Of Ruby, and methods that read other files: what follows them is no value. */
const keywords = new Set('if unless while until case return def class module load require eval'.split(' '))

/** Where things are when solo.rb does not say. */
const chefFolder = '/var/chef'

/**
 * Reads the solo.rb at `path`. It is not run: only lines of the form `setting value` and `name = value` are understood,
 * of literals, lists, File.join, File.dirname, File.expand_path and `__FILE__`. Throws ChefFailure for any other, so that
 * nobody takes a setting for one that was heeded.
 */
export function readSoloRb(text: string, path: string): SoloSettings {
  const values = new Map<string, Value>([['__FILE__', path]])
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(#|$)/.test(line)) continue
    const [, name, rest] = /^\s*([a-z_]\w*)(?:\s*=\s*|\s+(?==?)|\s*(?=\())(.+)$/.exec(line) ?? []
    const isSetting = name !== undefined && !keywords.has(name)
    const value = isSetting ? new Expression(rest ?? '', values).read() : undefined
    if (name === undefined || value === undefined) throw notLiteral(`${path}:${String(index + 1)}: ${line}`)
    values.set(name, value)
  }
  return settingsOf(values)
}

/** Those of a chef-solo without a solo.rb. */
export function settingsOf(values: ReadonlyMap<string, Value> = new Map()): SoloSettings {
  const pathsOf = (name: string) => [values.get(name) ?? []].flat()
  const cookbookPaths = pathsOf('cookbook_path')
  // As Chef does: what no setting names lies beside the cookbooks.
  const besideCookbooks = cookbookPaths.map((path) => posix.dirname(path))
  const beside = besideCookbooks.length > 0 ? besideCookbooks : [chefFolder]
  const orBeside = (paths: string[], name: string) =>
    paths.length > 0 ? paths : beside.map((folder) => posix.join(folder, name))
  return {
    cookbookPaths: orBeside(cookbookPaths, 'cookbooks'),
    rolePaths: orBeside(pathsOf('role_path'), 'roles'),
    nodePath: orBeside(pathsOf('node_path'), 'nodes')[0] ?? chefFolder,
  }
}

/** Reads one value; what it does not understand is undefined. */
class Expression {
  readonly #tokens: string[]
  readonly #values: ReadonlyMap<string, Value>

  constructor(text: string, values: ReadonlyMap<string, Value>) {
    this.#tokens = text.match(/'[^'\\]*'|"[^"\\#]*"|File\.\w+|:?\w+|[[\](),]|\S/g) ?? []
    this.#values = values
  }

  read(): Value | undefined {
    const value = this.#value()
    return this.#tokens.length === 0 || this.#tokens[0] === '#' ? value : undefined
  }

  #value(): Value | undefined {
    const token = this.#tokens.shift() ?? ''
    if (/^['"]./.test(token)) return token.slice(1, -1)
    if (token === '[') return this.#items(']')
    if (token === '(') return this.#items(')')?.[0]
    if (/^(true|false|nil|:\w+|\d+)$/.test(token)) return token
    if (!token.startsWith('File.')) return this.#values.get(token)
    if (this.#tokens.shift() !== '(') return undefined
    const words = this.#items(')')
    return words && fileMethods[token]?.(words)
  }

  #items(end: string): string[] | undefined {
    const items: string[] = []
    while (this.#tokens.length > 0 && this.#tokens[0] !== end) {
      const value = this.#value()
      if (value === undefined) return undefined
      items.push(...[value].flat())
      if (this.#tokens[0] === ',') this.#tokens.shift()
    }
    return this.#tokens.shift() === end ? items : undefined
  }
}

const fileMethods: Readonly<Record<string, (words: string[]) => string | undefined>> = {
  'File.join': (words) => posix.join(...words),
  'File.dirname': ([path]) => (path === undefined ? undefined : posix.dirname(path)),
  'File.expand_path': ([path, from = '/']) => (path === undefined ? undefined : posix.resolve(from, path)),
}

function notLiteral(where: string): ChefFailure {
  return new ChefFailure(`this stand-in of the sandbox reads only literal settings. ${where}`)
}
