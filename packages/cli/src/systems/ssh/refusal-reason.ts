/** What a page of ssh about a changed key is about; its last line only says that it is refused. */
const changedKey =
  'its host key is not the one that is pinned for this instance id: somebody else may answer in its place; if its host keys were replaced on purpose, remove its lines from .package/known_hosts'

/** Why ssh came to nothing, in a line, from what it has said. */
export function refusalReason(said: string): string {
  if (/HOST IDENTIFICATION HAS CHANGED/.test(said)) return changedKey
  const lines = said.split('\n').map((line) => line.trim())
  return lines.findLast((line) => line !== '') ?? 'ssh ended without a word'
}
