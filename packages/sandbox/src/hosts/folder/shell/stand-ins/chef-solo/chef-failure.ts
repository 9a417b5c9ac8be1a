interface Report {
  title: string
  sections: readonly (readonly [heading: string, text: string])[]
}

/** Why chef-solo ends with exit code 1: what its last line says, and the report above it where it gives one. */
export class ChefFailure extends Error {
  readonly report: Report | undefined

  constructor(message: string, report?: Report) {
    super(message)
    this.name = 'ChefFailure'
    this.report = report
  }

  /** As the formatters of Chef print it. */
  reportText(): string {
    if (!this.report) return ''
    const { title, sections } = this.report
    const bodies = sections.map(([heading, text]) => `${heading}\n${'-'.repeat(heading.length)}\n${text}\n\n`)
    return `\n${rule}\n${title}\n${rule}\n\n${bodies.join('')}`
  }
}

const rule = '='.repeat(80)

/** What the Chef Server within chef-solo answers to cookbooks that cannot be had together. */
export function unresolvable(reason: string, expanded: readonly string[]): ChefFailure {
  return new ChefFailure('Net::HTTPClientException: 412 "Precondition Failed"', {
    title: 'Error Resolving Cookbooks for Run List:',
    sections: [
      ['Missing Cookbooks:', reason],
      ['Expanded Run List:', list(expanded)],
    ],
  })
}

/** What it answers when it cannot read its own files. */
export function unreadable(title: string, reason: string): ChefFailure {
  return new ChefFailure('Net::HTTPFatalError: 500 "Internal Server Error"', {
    title,
    sections: [['Unexpected Error:', reason]],
  })
}

export function list(items: readonly string[]): string {
  return items.map((item) => `* ${item}`).join('\n')
}

export function logLine(level: string, text: string): string {
  return `[${new Date().toISOString().slice(0, 19)}+00:00] ${level}: ${text}\n`
}
