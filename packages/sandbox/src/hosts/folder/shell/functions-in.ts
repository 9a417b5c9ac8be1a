/** The names of the functions that a script defines, wherever in its tree. */
export function functionsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const inside = Object.values(node).flatMap(functionsIn)
  const { type, name } = node as { type?: unknown; name?: unknown }
  return type === 'FunctionDef' && typeof name === 'string' ? [name, ...inside] : inside
}
