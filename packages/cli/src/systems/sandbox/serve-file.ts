import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** In milliseconds; it answers from the same machine. */
const patience = 5000

/** What `sandbox:serve` leaves for other commands to find it by. */
export interface ServeFile {
  url: string
  pid: number
}

/** The server of the sandbox in this folder, if one lives: its file may be older than a crash, its process id somebody else's by now. */
export async function liveServer(folder: string): Promise<ServeFile | undefined> {
  const server = read(folder)
  return server && (await servingProcess(server.url)) === server.pid ? server : undefined
}

export function writeServeFile(folder: string, server: ServeFile): void {
  mkdirSync(folder, { recursive: true })
  const draft = `${pathOf(folder)}.${String(process.pid)}`
  writeFileSync(draft, `${JSON.stringify(server)}\n`)
  renameSync(draft, pathOf(folder))
}

export function removeServeFile(folder: string): void {
  if (read(folder)?.pid === process.pid) rmSync(pathOf(folder), { force: true })
}

function read(folder: string): ServeFile | undefined {
  try {
    return JSON.parse(readFileSync(pathOf(folder), 'utf8')) as ServeFile
  } catch {
    return undefined
  }
}

function pathOf(folder: string): string {
  return join(folder, 'serve.json')
}

async function servingProcess(url: string): Promise<number | undefined> {
  try {
    const { servedBy } = await import('@package/sandbox/doors/http-server')
    const answer = await fetch(url + servedBy, { signal: AbortSignal.timeout(patience) })
    return ((await answer.json()) as { pid?: number }).pid
  } catch {
    return undefined
  }
}
