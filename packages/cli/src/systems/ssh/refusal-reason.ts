/** What a page of ssh about a changed key is about; its last line only says that it is refused. */
const changedKey =
  'its host key is not the one that is pinned for this instance id: somebody else may answer in its place; if its host keys were replaced on purpose, remove its lines from .package/known_hosts'

/** Instances are known to ssh by their ids; a jump host's key is a matter of the operator's own file. */
const instanceKeyChanged = /^Host key for i-\w+ has changed/m

/** What ssh says of a connection that was there: before it is, there is an address in the place of `to`, or a port behind it. */
const broken = /^(Connection to .* closed|Timeout, server .* not responding|client_loop: )/m

/** What only follows from something that was said before, as by the ssh that goes to a jump host. */
const consequence =
  /^(kex_exchange_identification: |banner exchange: |stdio forwarding failed|Host key verification failed|Connection (closed|reset|timed out|to .* (closed|timed out)))/

/** What keeps nobody out. */
const warning = /^(\*\* )?(WARNING|Warning): /

export function wasConnected(said: string): boolean {
  return broken.test(said)
}

/** Why ssh came to nothing, in a line, from what it has said. */
export function refusalReason(said: string): string {
  if (instanceKeyChanged.test(said)) return changedKey
  const lines = said.split('\n').map((line) => line.trim())
  const words = lines.filter((line) => line !== '' && !warning.test(line))
  return words.findLast((line) => !consequence.test(line)) ?? words.at(-1) ?? 'ssh ended without a word'
}
