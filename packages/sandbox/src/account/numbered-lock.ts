import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { isAlive } from './is-alive.ts'

/** In milliseconds. A call holds the lock for a few of them; after this long, its process id is somebody else's. */
const longestHold = 60_000

/** In milliseconds. */
const longestWait = 120_000

/** In milliseconds, between two looks of one who waits. */
const longestPause = 5

/** In milliseconds. Whoever takes it again and again lets others have it after this long. */
const longestTurn = 100

const released = 'released'

/**
 * A lock between processes that a dead holder cannot keep, and that no two can break at once. Each holder takes the next
 * number, by a link that only one can make, once the highest is released or its process is gone; the highest is never
 * removed. A slow process that takes a number that was used before finds a higher one and lets go.
 */
export class NumberedLock {
  readonly #folder: string
  /** Since when it was taken again as soon as it was released. */
  #turnBegan = 0
  #releasedAt = 0

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true })
  }

  /** Runs `work` while no other process does. Throws an Error when the lock cannot be had within two minutes. */
  async hold<T>(work: () => T | Promise<T>): Promise<T> {
    await this.#giveWay()
    const number = await this.#acquire()
    try {
      return await work()
    } finally {
      this.#release(number)
      this.#releasedAt = Date.now()
    }
  }

  /** Those who wait look every few milliseconds: one who is back before that would win every time. */
  async #giveWay(): Promise<void> {
    const now = Date.now()
    if (now - this.#releasedAt <= 2 * longestPause) {
      if (now - this.#turnBegan < longestTurn) return
      await pause(2 * longestPause)
    }
    this.#turnBegan = Date.now()
  }

  async #acquire(): Promise<number> {
    for (const deadline = Date.now() + longestWait; Date.now() < deadline;) {
      const number = this.#tryNext()
      if (number !== undefined) return number
      await pause(1 + Math.random() * (longestPause - 1))
    }
    throw new Error(`${this.#folder} is locked by another process for too long; end it, or remove the folder`)
  }

  #tryNext(): number | undefined {
    const highest = Math.max(0, ...this.#numbers())
    if (highest > 0 && !this.#isFree(highest)) return undefined
    const number = highest + 1
    if (!this.#take(number)) return undefined
    const numbers = this.#numbers()
    if (Math.max(...numbers) > number) {
      this.#remove(number)
      return undefined
    }
    for (const lower of numbers) if (lower < number) this.#remove(lower)
    return number
  }

  /** The file appears whole, with its holder in it: a link is made of a finished file. */
  #take(number: number): boolean {
    const draft = join(this.#folder, `draft-${String(process.pid)}-${Math.random().toString(36).slice(2)}`)
    writeFileSync(draft, String(process.pid))
    try {
      linkSync(draft, this.#path(number))
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    } finally {
      rmSync(draft, { force: true })
    }
  }

  #release(number: number): void {
    const draft = join(this.#folder, `released-${String(process.pid)}`)
    writeFileSync(draft, released)
    renameSync(draft, this.#path(number))
  }

  #isFree(number: number): boolean {
    try {
      const holder = readFileSync(this.#path(number), 'utf8')
      if (holder === released || !isAlive(Number(holder))) return true
      return Date.now() - statSync(this.#path(number)).mtimeMs > longestHold
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw error
    }
  }

  #numbers(): number[] {
    return readdirSync(this.#folder).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
  }

  #remove(number: number): void {
    rmSync(this.#path(number), { force: true })
  }

  #path(number: number): string {
    return join(this.#folder, String(number))
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
