import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { addMissingParts, addressBlocks, type AccountState } from './account-state.ts'
import { NumberedLock } from './numbered-lock.ts'

/**
 * The account on disk: one file, read and replaced whole, so that a process that dies leaves the old or the new one.
 * Changes are made under a lock; a reader needs none.
 */
export class AccountStore {
  readonly #path: string
  readonly #folder: string
  readonly #lock: NumberedLock
  /** What was last read, while the file is still that one. */
  #cached: { version: string; state: AccountState } | undefined

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
    this.#path = join(folder, 'account.json')
    this.#lock = new NumberedLock(join(folder, 'lock'))
  }

  /** The account as it is; changes to the answer are not kept. Throws an Error when the file is damaged. */
  read(): AccountState {
    return structuredClone(this.#current())
  }

  /** Changes the account while nobody else does. When `work` throws, nothing is kept. */
  change<T>(work: (state: AccountState) => T | Promise<T>): Promise<T> {
    return this.#lock.hold(async () => {
      const state = structuredClone(this.#current())
      const result = await work(state)
      this.#write(state)
      return result
    })
  }

  /** Forgets everything in the account. */
  async reset(): Promise<void> {
    await this.#lock.hold(() => rmSync(this.#path, { force: true }))
  }

  #current(): AccountState {
    const version = this.#version()
    if (version === undefined) return emptyAccount()
    if (this.#cached?.version === version) return this.#cached.state
    const state = parse(this.#path)
    this.#cached = { version, state }
    return state
  }

  /** A replaced file is another inode, or the same one at another time. */
  #version(): string | undefined {
    const stat = statSync(this.#path, { throwIfNoEntry: false, bigint: true })
    return stat && `${String(stat.ino)} ${String(stat.mtimeNs)} ${String(stat.size)}`
  }

  #write(state: AccountState): void {
    const draft = join(this.#folder, `account-${String(process.pid)}.draft`)
    writeFileSync(draft, JSON.stringify(state), { mode: 0o600 })
    renameSync(draft, this.#path)
    const version = this.#version()
    this.#cached = version === undefined ? undefined : { version, state }
  }
}

function emptyAccount(): AccountState {
  const clock = { ahead: 0, speed: 1, since: Date.now() }
  return { format: 1, clock, addressBlock: randomInt(addressBlocks), regions: {} }
}

function parse(path: string): AccountState {
  const state = parseJson(path) as AccountState
  if ((state.format as number) !== 1) {
    throw new Error(`${path} was written by another version of package`)
  }
  for (const region of Object.values(state.regions)) addMissingParts(region)
  return state
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new Error(`${path} is damaged: ${String(cause)}`, { cause })
  }
}
