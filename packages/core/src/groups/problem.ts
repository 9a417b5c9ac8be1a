/** A key or index per level, from the root of nodes.json. */
export type Path = readonly (string | number)[]

/** Something wrong at a place of nodes.json, before that place has a line and a column. */
export interface Finding {
  path: Path
  /** true: the place is the key itself, not its value. */
  atKey?: boolean
  text: string
}

/** Something wrong at a place of a file, as it is shown. Line and column count from 1. */
export interface Problem {
  file: string
  line?: number
  column?: number
  /** RFC 6901 */
  pointer?: string
  text: string
}

/** `["a/b", 0]` as the JSON pointer `/a~1b/0` (RFC 6901). */
export function toPointer(path: Path): string {
  return path.map((key) => '/' + String(key).replaceAll('~', '~0').replaceAll('/', '~1')).join('')
}

/** The keys of a JSON pointer; undefined when it does not begin with a slash. An index stays a string. */
export function fromPointer(pointer: string): readonly string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
