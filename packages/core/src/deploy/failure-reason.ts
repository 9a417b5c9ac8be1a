/** How Chef says why it ends (`[2026-11-21T13:00:00+00:00] FATAL: …`), and where it says more. */
const fatal = /\bFATAL: (.*)$/
const elsewhere = /^(Stacktrace dumped|Please provide the contents)/

/** Why a host failed, in one line: Chef's own last word, else the last line that was said. */
export function failureReason(step: string, code: number, lines: readonly string[]): string {
  const what = `${step === '' ? 'the script' : step} failed with exit code ${String(code)}`
  const fatals = lines.flatMap((line) => fatal.exec(line)?.[1] ?? [])
  const word =
    fatals.findLast((text) => !elsewhere.test(text)) ?? lines.findLast((line) => line.trim() !== '')?.trim()
  return word === undefined ? what : `${what}: ${word}`
}
