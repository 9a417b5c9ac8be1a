/** One line of `packer build -machine-readable`: timestamp,target,type,data... */
export interface Said {
  target: string
  type: string
  data: string[]
}

/** Gives undefined for a line that is none of them: what Packer's plugins and Go itself print. */
export function readSaid(line: string): Said | undefined {
  const [timestamp = '', target, type, ...data] = line.split(',')
  if (!/^\d+$/.test(timestamp) || target === undefined || type === undefined) return undefined
  return { target, type, data: data.map(unescaped) }
}

/** What a build has come to, from all that Packer said. */
export class BuildStory {
  readonly #imageIds = new Map<string, string>()
  #lastError: string | undefined
  #lastComplaint: string | undefined

  /** Takes the next line, and gives what of it is for people. */
  take(line: string): string[] {
    const said = readSaid(line)
    if (said === undefined) return line.trim() === '' ? [] : [line]
    const { type, data } = said
    if (type === 'artifact' && data[1] === 'id') this.#keepIds(data[2] ?? '')
    if (type === 'error') this.#lastError = data.join(',')
    if (type !== 'ui') return []
    const [kind, text = ''] = data
    if (kind === 'error') this.#lastComplaint = text
    return text.split('\n').flatMap((each) => (each.trim() === '' ? [] : [each.trimEnd()]))
  }

  /** The image that was made in the region. */
  imageId(region: string): string | undefined {
    return this.#imageIds.get(region)
  }

  /** On one line; undefined where Packer named none. */
  get lastError(): string | undefined {
    return (this.#lastError ?? this.#lastComplaint)?.replaceAll(/\s+/g, ' ').trim()
  }

  /** `us-east-1:ami-1,eu-west-1:ami-2`: an image and its copies. */
  #keepIds(text: string): void {
    for (const part of text.split(',')) {
      const [region = '', id = ''] = part.split(':')
      if (id.startsWith('ami-')) this.#imageIds.set(region, id)
    }
  }
}

/** packer/ui.go, MachineReadableUi: how it writes what would end a field or a line. */
function unescaped(text: string): string {
  return text
    .replaceAll('%!(PACKER_COMMA)', ',')
    .replaceAll(String.raw`\n`, '\n')
    .replaceAll(String.raw`\r`, '\r')
}
