import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The project's own known-hosts file: a line for each key, under the instance's id and not under an address, which AWS gives on. */
export class KnownHosts {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  has(instanceId: string): boolean {
    return this.#lines().some((line) => line.startsWith(`${instanceId} `))
  }

  /** Replaces what is known of the instance. */
  add(instanceId: string, hostKeys: readonly string[]): void {
    this.#write([...this.#without([instanceId]), ...hostKeys.map((key) => `${instanceId} ${key}`)])
  }

  remove(instanceIds: readonly string[]): void {
    const left = this.#without(instanceIds)
    if (left.length < this.#lines().length) this.#write(left)
  }

  #without(instanceIds: readonly string[]): string[] {
    const gone = new Set(instanceIds)
    return this.#lines().filter((line) => !gone.has(line.split(' ')[0] ?? ''))
  }

  #lines(): string[] {
    try {
      return readFileSync(this.path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    }
  }

  /** Replaced whole: a log-in that reads it meanwhile must not miss a key. */
  #write(lines: readonly string[]): void {
    mkdirSync(dirname(this.path), { recursive: true })
    const draft = `${this.path}.${String(process.pid)}`
    writeFileSync(draft, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 })
    renameSync(draft, this.path)
  }
}
