import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { addMissingParts, addressBlocks, type AccountState } from './account-state.ts'
import { NumberedLock } from './numbered-lock.ts'
import type { Store } from './store.ts'

/** A change that waits for its turn. */
interface Change {
  work: (state: AccountState) => unknown
  resolve: (result: unknown) => void
  reject: (reason: unknown) => void
}

/** An account that is being changed, and what takes a change back that throws: copies of thousands of resources take longer. */
interface Draft {
  state: AccountState
  /** The state before the change, as it is written. */
  text: string
}

/**
 * The account on disk: one file, read and replaced whole, so that a process that dies leaves the old or the new one.
 * Changes are made under a lock; a reader needs none.
 */
export class AccountStore implements Store {
  readonly #path: string
  readonly #folder: string
  readonly #lock: NumberedLock
  /** What was last read, while the file is still that one; no change is made in it, as a reader may be at it. */
  #cached: { version: string; state: AccountState } | undefined
  /** What was last written, likewise. */
  #written: { version: string; draft: Draft } | undefined
  #changes: Change[] = []
  #isChanging = false

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
    this.#path = join(folder, 'account.json')
    this.#lock = new NumberedLock(join(folder, 'lock'))
  }

  /** The account as it is, shared by all who read it: not to be changed. Throws an Error when the file is damaged. */
  read(): AccountState {
    const version = this.#version()
    if (version === undefined) return emptyAccount()
    if (this.#cached?.version === version) return this.#cached.state
    const text = this.#written?.version === version ? this.#written.draft.text : undefined
    const state = this.#parse(text ?? readFileSync(this.#path, 'utf8'))
    this.#cached = { version, state }
    return state
  }

  /** Changes the account while nobody else does. When `work` throws, nothing of it is kept. */
  change<T>(work: (state: AccountState) => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#changes.push({ work, resolve: resolve as Change['resolve'], reject })
      if (!this.#isChanging) void this.#changeAll()
    })
  }

  /** Forgets everything in the account. */
  async reset(): Promise<void> {
    await this.#lock.hold(() => rmSync(this.#path, { force: true }))
  }

  async #changeAll(): Promise<void> {
    this.#isChanging = true
    while (this.#changes.length > 0) {
      let changes: Change[] = []
      try {
        await this.#lock.hold(() => {
          changes = this.#changes.splice(0)
          return this.#changeTogether(changes)
        })
      } catch (error) {
        const failed = changes.length > 0 ? changes : this.#changes.splice(0)
        for (const { reject } of failed) reject(error)
      }
    }
    this.#isChanging = false
  }

  /** Those that waited at the same time are written once, and in the order in which they were asked for. */
  async #changeTogether(changes: readonly Change[]): Promise<void> {
    let draft = this.#draft()
    this.#written = undefined
    const kept: (() => void)[] = []
    for (const { work, resolve, reject } of changes) {
      try {
        const result = await work(draft.state)
        draft.text = JSON.stringify(draft.state)
        kept.push(() => resolve(result))
      } catch (error) {
        draft = { text: draft.text, state: this.#parse(draft.text) }
        reject(error)
      }
    }
    if (kept.length > 0) this.#write(draft)
    for (const answer of kept) answer()
  }

  #draft(): Draft {
    const version = this.#version()
    if (version !== undefined && this.#written?.version === version) return this.#written.draft
    const text = version === undefined ? JSON.stringify(emptyAccount()) : readFileSync(this.#path, 'utf8')
    return { text, state: this.#parse(text) }
  }

  /** A replaced file is another inode, or the same one at another time. */
  #version(): string | undefined {
    const stat = statSync(this.#path, { throwIfNoEntry: false, bigint: true })
    return stat && `${String(stat.ino)} ${String(stat.mtimeNs)} ${String(stat.size)}`
  }

  #write(draft: Draft): void {
    const path = join(this.#folder, `account-${String(process.pid)}.draft`)
    writeFileSync(path, draft.text, { mode: 0o600 })
    renameSync(path, this.#path)
    const version = this.#version()
    this.#written = version === undefined ? undefined : { version, draft }
  }

  #parse(text: string): AccountState {
    const state = parseJson(text, this.#path) as AccountState
    if ((state.format as number) !== 1) {
      throw new Error(`${this.#path} was written by another version of package`)
    }
    for (const region of Object.values(state.regions)) addMissingParts(region)
    return state
  }
}

/** An account that nothing is in, on the machine's time. */
export function emptyAccount(): AccountState {
  const clock = { ahead: 0, speed: 1, since: Date.now() }
  return { format: 1, clock, addressBlock: randomInt(addressBlocks), regions: {} }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path} is damaged: ${String(cause)}`, { cause })
  }
}
