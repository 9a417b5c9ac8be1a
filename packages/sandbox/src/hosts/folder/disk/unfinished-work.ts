import { mkdirSync, readdirSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { isAlive } from '../../../account/is-alive.ts'
import { diskErrorCode } from './disk-error.ts'

/**
 * Folders that are made, or removed, in one step: they are filled beside their place and renamed, so that a process that
 * dies in between leaves nothing that looks whole.
 */
export class UnfinishedWork {
  readonly #folder: string
  #count = 0

  /** What processes that are gone left in `folder` is removed. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** Fills a folder that then takes the place `target`, unless another process was faster: then that one's stays. */
  async make(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
    const scratch = await this.#newScratch()
    try {
      await mkdir(scratch)
      await fill(scratch)
      await mkdir(dirname(target), { recursive: true })
      await renameUnlessTaken(scratch, target)
      await flush(dirname(target))
    } finally {
      await rm(scratch, { recursive: true, force: true })
    }
  }

  /** Does something in a folder that is gone afterwards. */
  async aside<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const scratch = await this.#newScratch()
    try {
      await mkdir(scratch)
      return await work(scratch)
    } finally {
      await rm(scratch, { recursive: true, force: true })
    }
  }

  async remove(target: string): Promise<void> {
    const scratch = await this.#newScratch()
    try {
      await rename(target, scratch)
    } catch (error) {
      if (diskErrorCode(error) === 'ENOENT') return
      throw error
    }
    await rm(scratch, { recursive: true, force: true })
  }

  async #newScratch(): Promise<string> {
    if (this.#count === 0) {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      await removeLeftovers(this.#folder)
    }
    this.#count += 1
    return join(this.#folder, `${process.pid}-${this.#count}-${Date.now()}`)
  }
}

async function renameUnlessTaken(scratch: string, target: string): Promise<void> {
  try {
    await rename(scratch, target)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(diskErrorCode(error))) throw error
  }
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const processId = Number(/^\d+/.exec(name)?.[0])
    if (!processId || isAlive(processId)) continue
    await rm(join(folder, name), { recursive: true, force: true })
  }
}
