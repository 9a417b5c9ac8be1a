/** What a page of ssh about a changed key is about; its last line only says that it is refused. */
const changedKey =
  'its host key is not the one that is pinned for this instance id: somebody else may answer in its place; if its host keys were replaced on purpose, remove its lines from .package/known_hosts'

/** What ssh says of a connection that was there: before it is, there is an address in the place of `to`, or a port behind it. */
const broken = /^(Connection to .* closed|Timeout, server .* not responding|client_loop: )/m

export function wasConnected(said: string): boolean {
  return broken.test(said)
}

/** Why ssh came to nothing, in a line, from what it has said. */
export function refusalReason(said: string): string {
  if (/HOST IDENTIFICATION HAS CHANGED/.test(said)) return changedKey
  const lines = said.split('\n').map((line) => line.trim())
  return lines.findLast((line) => line !== '') ?? 'ssh ended without a word'
}
