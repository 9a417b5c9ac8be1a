import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { fileSystemError } from './file-system-error.ts'
import { removeLeftovers, temporaryPath } from './temporary-file.ts'

/** A text that waits for its turn, in whose place a later one may come. */
interface WaitingText {
  text: string
  written: Promise<void>
}

/**
 * Files below `root` that are written again and again while other work goes on: as Files.keep describes it. Nobody waits for the disk
 * but who asked.
 */
export function keepFiles(root: string): (path: string, text: string) => Promise<void> {
  const waiting = new Map<string, WaitingText>()
  const latest = new Map<string, Promise<void>>()
  return (path, text) => {
    const later = waiting.get(path)
    if (later !== undefined) {
      later.text = text
      return later.written
    }
    const own: WaitingText = { text, written: Promise.resolve() }
    const writeInTurn = async (before: Promise<void> | undefined) => {
      // Whoever asked for that one is told why it failed.
      await before?.catch(() => undefined)
      waiting.delete(path)
      if (before === undefined) removeLeftoversOf(root, path)
      await replace(root, path, own.text)
    }
    waiting.set(path, own)
    own.written = writeInTurn(latest.get(path))
    latest.set(path, own.written)
    return own.written
  }
}

function removeLeftoversOf(root: string, path: string): void {
  try {
    removeLeftovers(join(root, dirname(path)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw fileSystemError('write', path, error)
  }
}

async function replace(root: string, path: string, text: string): Promise<void> {
  const target = join(root, path)
  const draft = temporaryPath(target)
  try {
    await mkdir(dirname(target), { recursive: true })
    await flushed(draft, 'wx', async (file) => file.writeFile(text))
    await rename(draft, target)
    await flushed(dirname(target), 'r', async () => {})
  } catch (error) {
    await rm(draft, { force: true })
    throw fileSystemError('write', path, error)
  }
}

type OpenFile = Awaited<ReturnType<typeof open>>

async function flushed(
  path: string,
  mode: 'wx' | 'r',
  work: (file: OpenFile) => Promise<void>,
): Promise<void> {
  const file = await open(path, mode)
  try {
    await work(file)
    await file.sync()
  } finally {
    await file.close()
  }
}
