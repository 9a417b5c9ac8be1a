const gone = '<redacted>'

const keyIds = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g

/** `secret_key=…`, `"SecretAccessKey": "…"`, `X-Ops-Authorization-1: …` */
const named =
  /((?:secret[_-]?(?:access[_-]?)?key|(?:session|security|auth)[_-]?token|passw(?:or)?d|private[_-]?key|api[_-]?key|x-ops-authorization-\d+)["']?\s*[:=]\s*["']?)[^\s"',]+/gi

const inUrl = /(:\/\/[^\s/:@]*:)[^\s/@]+@/g

const keyStart = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/
const keyEnd = /-----END [A-Z0-9 ]*PRIVATE KEY-----/
const wholeKey = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?-----END [A-Z0-9 ]*PRIVATE KEY-----/gs

/** A line within a PEM block, behind what Packer puts before each line. */
const keyLine = /^(?:(?:==>)?\s*[\w.-]+: )?\s*(?:[A-Za-z0-9+/=]*|(?:Proc-Type|DEK-Info): .*)$/

/**
 * Replaces what looks like a credential, and every one of `secrets`, line after line: it remembers that a private key has begun.
 */
export function redaction(secrets: readonly string[]): (line: string) => string {
  let isInKey = false
  const patterns = (text: string) =>
    secrets
      .reduce((left, secret) => left.replaceAll(secret, gone), text)
      .replaceAll(wholeKey, gone)
      .replaceAll(keyIds, gone)
      .replaceAll(named, (_match, name: string) => `${name}${gone}`)
      .replaceAll(inUrl, (_match, user: string) => `${user}${gone}@`)
  return (line) => {
    if (isInKey && keyEnd.test(line)) {
      isInKey = false
      return patterns(line.replace(/^.*-----END [A-Z0-9 ]*PRIVATE KEY-----/, gone))
    }
    if (isInKey && keyLine.test(line)) return gone
    const shown = patterns(line)
    const start = keyStart.exec(shown)
    isInKey = start !== null
    return start === null ? shown : `${shown.slice(0, start.index)}${gone}`
  }
}

/** What of the environment must not be shown: the credentials that it holds. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  const names = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']
  // Shorter ones are dummies, and words of their own.
  return names.flatMap((name) => environment[name] ?? []).filter((value) => value.length >= 16)
}
