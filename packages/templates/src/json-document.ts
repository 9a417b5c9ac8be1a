/** JSON as every generated file is written: two spaces, a final newline, keys in the order of the value. */
export function jsonDocument(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
