import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

/** The built CLI, as an installed package starts it. */
export const cli = join(import.meta.dirname, '../dist/package.cjs')

export interface Run {
  exit: number | null
  out: string
  err: string
}

/** A folder of its own for one test, gone when the test is over. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'package-test-'))

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }))
    for (const [path, content] of Object.entries(files)) this.write(path, content)
  }

  /** Runs `package` in the folder. */
  run(...words: string[]): Run {
    return this.runWith({}, ...words)
  }

  /** The same, with other environment variables. */
  runWith(environment: Readonly<Record<string, string>>, ...words: string[]): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, ...environment },
      maxBuffer: 1 << 28,
    })
    return { exit: status, out: stdout, err: stderr }
  }

  /** The last line of `--output json`: the result or the error. */
  runJson(...words: string[]): Record<string, unknown> {
    const lines = this.run(...words, '--output', 'json')
      .out.trimEnd()
      .split('\n')
    return JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>
  }

  path(path: string): string {
    return join(this.folder, path)
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), { recursive: true })
    writeFileSync(this.path(path), content)
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8')
  }

  json(path: string): Record<string, unknown> {
    return JSON.parse(this.read(path)) as Record<string, unknown>
  }

  has(path: string): boolean {
    return existsSync(this.path(path))
  }

  /** Every file, by its path. */
  files(): string[] {
    const entries = readdirSync(this.folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1))
      .sort((a, b) => a.localeCompare(b))
  }
}

/** A nodes.json as text. */
export function nodesText(nodes: object): string {
  return `${JSON.stringify(nodes, null, 2)}\n`
}

/** A file of the fixtures, as text. */
export function fixture(path: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', path), 'utf8')
}

/** A project with the nodes.json that the tool's seed lists, with the slips that docs/decisions/0002 names put right. */
export function seedProject(): Project {
  return new Project({ 'nodes.json': fixture('seed/nodes.json') })
}
